import { once } from 'node:events'
import { connect } from 'node:net'

const UNLOCK = 1

/**
 * Opens the login keyring of a running gnome-keyring-daemon through its control socket, as the desktop's login
 * does (pam_gnome_keyring; https://gitlab.gnome.org/GNOME/gnome-keyring/-/tree/master/daemon/control).
 */
export async function unlockThrough(controlSocket: string, password: string): Promise<void> {
  const socket = connect(controlSocket)
  // The first byte is for the credentials that the kernel attaches.
  socket.write(Buffer.concat([Buffer.from([0]), message(UNLOCK, password)]))
  const [answer] = await once(socket, 'data')
  socket.end()
  if (!Buffer.isBuffer(answer) || answer.readUInt32BE(4) !== 0) throw new Error('The keyring did not open.')
}

/** Returns a control message. All lengths are in bytes; the first is the total. */
function message(operation: number, argument: string): Buffer {
  const text = Buffer.from(argument)
  const head = Buffer.alloc(12)
  head.writeUInt32BE(head.length + text.length, 0)
  head.writeUInt32BE(operation, 4)
  head.writeUInt32BE(text.length, 8)
  return Buffer.concat([head, text])
}
