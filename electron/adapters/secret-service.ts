import { callSessionBus } from './bus-connection.ts'
import { METHOD_RETURN, numberAt, padded } from './bus-message.ts'

/** https://specifications.freedesktop.org/secret-service-spec/latest/org.freedesktop.Secret.Service.html */
const search = {
  destination: 'org.freedesktop.secrets',
  path: '/org/freedesktop/secrets',
  interface: 'org.freedesktop.Secret.Service',
  member: 'SearchItems',
}

/**
 * Tells whether a Linux desktop's keychain has items under a service name, and none of them is locked. False when that
 * can't be found out. Searches, as reading an item does: reading whether the collection is locked makes
 * gnome-keyring 42.1 crash, once in some thousand times.
 */
export async function areItemsOpen(service: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const reply = await callSessionBus([search, [{ service }]], env)
  if (reply?.type !== METHOD_RETURN) return false
  // Two lists of paths, each after its length in bytes: items that are open, and locked ones.
  const open = numberAt(reply, 0)
  const locked = numberAt(reply, padded(4 + open, 4))
  return open > 0 && locked === 0
}
