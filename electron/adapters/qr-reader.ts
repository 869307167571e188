import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import address from 'zxing-wasm/reader/zxing_reader.wasm?url&inline'

/**
 * The program of the process that reads one picture: it is sent the file, answers with what the library for barcodes
 * finds in it, and is ended by the process that started it.
 */

/** An export of Google Authenticator shows ten accounts a code, one code at a time. */
const MAX_CODES = 16

// Without the binary at hand the library would fetch it from a public server; here it can't.
Reflect.deleteProperty(globalThis, 'fetch')
const binary = Buffer.from(address.slice(address.indexOf(',') + 1), 'base64')
prepareZXingModule({
  overrides: {
    // Compiled in one piece: what is left to V8's threads may never be done (https://github.com/nodejs/node/issues/54918).
    instantiateWasm: (
      imports: WebAssembly.Imports,
      done: (made: WebAssembly.Instance, of: WebAssembly.Module) => void,
    ) => {
      const compiled = new WebAssembly.Module(binary)
      const instance = new WebAssembly.Instance(compiled, imports)
      done(instance, compiled)
      return instance.exports
    },
  },
})

async function answer(file: unknown, send: (found: unknown) => void): Promise<void> {
  if (!(file instanceof Uint8Array)) return
  const found = await readBarcodes(file, {
    formats: ['QRCode'],
    maxNumberOfSymbols: MAX_CODES,
    textMode: 'Plain',
  })
  send(found.map(({ isValid, text }) => ({ isValid, text })))
}

// A process that Node has forked has `process.send`, Electron's utility process has the other.
if (process.send === undefined) {
  const { parentPort } = process
  parentPort.on('message', ({ data }) => void answer(data, (found) => parentPort.postMessage(found)))
} else process.on('message', (file) => void answer(file, (found) => process.send?.(found)))
