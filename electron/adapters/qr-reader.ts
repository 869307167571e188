import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import address from 'zxing-wasm/reader/zxing_reader.wasm?url&inline'

/**
 * Runs in a process of its own that reads one picture: receives the file, replies with the barcodes found, and is ended
 * by the process that started it.
 */

/** More than any export needs: Google Authenticator shows ten accounts per code, and one code at a time. */
const MAX_CODES = 16

// The library would fetch a missing binary from a public server, so this process has no `fetch`.
Reflect.deleteProperty(globalThis, 'fetch')
const binary = Buffer.from(address.slice(address.indexOf(',') + 1), 'base64')
prepareZXingModule({
  overrides: {
    // Compiled synchronously, because work for V8's threads may never finish (https://github.com/nodejs/node/issues/54918).
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

// A process forked by Node has `process.send`; Electron's utility process has `parentPort`.
if (process.send === undefined) {
  const { parentPort } = process
  parentPort.on('message', ({ data }) => void answer(data, (found) => parentPort.postMessage(found)))
} else process.on('message', (file) => void answer(file, (found) => process.send?.(found)))
