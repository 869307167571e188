import { Worker } from 'node:worker_threads'
import * as z from 'zod/mini'
import type { Clock } from '../core/ports.ts'

/** Ten times what the largest photos take, ms. */
const MAX_MS = 30_000
/** An export of Google Authenticator shows ten accounts a code, one code at a time. */
const MAX_CODES = 16

const Found = z.array(z.object({ isValid: z.boolean(), text: z.string() }))
type Found = z.infer<typeof Found>

/**
 * What runs in the thread, behind the library's own script. It compiles in one piece: what Node has others of its
 * threads compile may never be done (https://github.com/nodejs/node/issues/54918).
 */
const SCRIPT = `
const { parentPort, workerData } = require('node:worker_threads')
const { file, wasmBinary, options } = workerData
delete globalThis.fetch
const instantiateWasm = (imports, done) => {
  const module = new WebAssembly.Module(wasmBinary)
  done(new WebAssembly.Instance(module, imports), module)
}
ZXingWASM.prepareZXingModule({ overrides: { instantiateWasm } })
void ZXingWASM.readBarcodes(file, options).then((found) => {
  parentPort.postMessage(found.map(({ isValid, text }) => ({ isValid, text })))
})`

/**
 * What the library for barcodes finds in a picture; null when it takes too long. A picture full of squares can keep
 * it busy for minutes, so it has a thread of its own, which can be ended. That also gives its memory back.
 */
export async function findQrCodes(file: Uint8Array, clock: Clock): Promise<Found | null> {
  // Loaded when first used: it is five times larger than the rest of the app.
  const [{ default: library }, { default: address }] = await Promise.all([
    // The package names no script in one piece among its exports.
    import('../../node_modules/zxing-wasm/dist/iife/reader/index.js?raw'),
    import('zxing-wasm/reader/zxing_reader.wasm?url&inline'),
  ])
  // Without the binary at hand the library would fetch it from a public server; in the thread it can't.
  const wasmBinary = Buffer.from(address.slice(address.indexOf(',') + 1), 'base64')
  const options = { formats: ['QRCode'], maxNumberOfSymbols: MAX_CODES, textMode: 'Plain' }
  const worker = new Worker(library + SCRIPT, { eval: true, workerData: { file, wasmBinary, options } })
  return z.nullable(Found).parse(await answerOf(worker, clock))
}

/**
 * A thread that has answered is left to end by itself: one that is made to end hangs more easily, and with it the app
 * when that quits (https://github.com/nodejs/node/issues/54918).
 */
function answerOf(worker: Worker, clock: Clock): Promise<unknown> {
  let callOff = (): void => undefined
  const answer = new Promise((resolve, reject) => {
    callOff = clock.after(MAX_MS, () => {
      void worker.terminate()
      resolve(null)
    })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => {
      reject(new Error('The reader of QR codes ended without an answer.'))
    })
  })
  return answer.finally(() => {
    callOff()
  })
}
