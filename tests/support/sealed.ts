import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Profile } from './profile.ts'

/** The environment of a server without a desktop login, and so without a session bus. */
export const SERVER = { DBUS_SESSION_BUS_ADDRESS: undefined, XDG_RUNTIME_DIR: undefined, DISPLAY: undefined }
export const PASSPHRASE = 'six words of a dice are enough'

/** Gives a profile on such a server a sealed keychain. */
export async function makeSealed(profile: Profile): Promise<void> {
  const { code } = await profile.cli.runWith(
    PASSPHRASE,
    'keychain',
    'init',
    '--sealed-file',
    '--passphrase-fd',
    '0',
  )
  if (code !== 0) throw new Error(`tokentray keychain init ended with ${String(code)}.`)
}

/** Returns the environment of a service to which systemd has given the passphrase. */
export async function credential(profile: Profile, passphrase = PASSPHRASE): Promise<NodeJS.ProcessEnv> {
  const dir = path.join(profile.folder, 'credentials')
  await mkdir(dir, { recursive: true })
  await writeFile(path.join(dir, 'tokentray-passphrase'), `${passphrase}\n`, { mode: 0o600 })
  return { CREDENTIALS_DIRECTORY: dir }
}
