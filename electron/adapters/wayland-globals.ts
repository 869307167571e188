import { connect } from 'node:net'
import path from 'node:path'

/** Returns the path of the compositor's socket (https://wayland.freedesktop.org/docs/html/apb.html#Client-classwl__display). */
export function waylandSocket(env: NodeJS.ProcessEnv): string {
  const { WAYLAND_DISPLAY: name = '', XDG_RUNTIME_DIR: runtime = '/' } = env
  return path.resolve(runtime, name === '' ? 'wayland-0' : name)
}

/** Numbers of the protocol's own objects and requests (https://wayland.app/protocols/wayland). */
const DISPLAY = 1
const REGISTRY = 2
const DONE = 3
const SYNC = 0
const GET_REGISTRY = 1
const ANSWER_MS = 1_000

/** Lists the protocols that the compositor supports; empty when it can't be reached. */
export function waylandGlobals(env: NodeJS.ProcessEnv = process.env): Promise<ReadonlySet<string>> {
  return new Promise((resolve) => {
    const names = new Set<string>()
    const socket = connect(waylandSocket(env))
    const end = (): void => {
      socket.destroy()
      resolve(names)
    }
    socket.setTimeout(ANSWER_MS, end)
    socket.on('error', end).on('close', end)
    socket.write(Buffer.concat([request(GET_REGISTRY, REGISTRY), request(SYNC, DONE)]))
    let bytes = Buffer.alloc(0)
    socket.on('data', (more) => {
      bytes = Buffer.concat([bytes, more])
      while (bytes.length >= 8) {
        const object = bytes.readUInt32LE(0)
        const head = bytes.readUInt32LE(4)
        const length = head >>> 16
        if (length >= 8 && bytes.length < length) return
        // The registry's first event names a protocol: its number, the length of its name with a zero, the name.
        if (object === REGISTRY && (head & 0xffff) === 0) {
          names.add(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12) - 1))
        }
        if (object === DONE || length < 8) {
          end()
          return
        }
        bytes = bytes.subarray(length)
      }
    })
  })
}

/** Encodes a request to the display that creates object `newObject`. All of Electron's platforms are little-endian. */
function request(opcode: number, newObject: number): Buffer {
  return Buffer.from(new Uint32Array([DISPLAY, (12 << 16) | opcode, newObject]).buffer)
}
