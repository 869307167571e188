import { once } from 'node:events'
import { constants, createReadStream, openSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { MAX_IMPORT_BYTES } from '../../core/accounts/import/import.ts'
import { InputError } from '../../core/errors.ts'

/**
 * Reads a file or a pipe, or with `-` standard input. Stops just past the largest import, so that its size shows.
 * @throws the signal's reason, because a pipe may stay silent for ever
 */
export async function readFileOrPipe(file: string, signal: AbortSignal): Promise<Buffer> {
  if (file === '-') return readStandardInput(signal)
  if (!(await stat(file)).isFIFO()) return readFrom(createReadStream(file), signal)
  // A blocking open waits for a writer in a thread that nothing can cancel and that the process would wait for.
  const fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK)
  return readFrom(new Socket({ fd, readable: true, writable: false }), signal)
}

/**
 * Reads standard input to its end, which a process can do once.
 * @throws InputError the second time
 */
export async function readStandardInput(signal: AbortSignal): Promise<Buffer> {
  if (process.stdin.destroyed) {
    throw new InputError({ 'standard input': 'is read already; only one thing can come from it' })
  }
  return readFrom(process.stdin, signal)
}

async function readFrom(stream: Readable, signal: AbortSignal): Promise<Buffer> {
  signal.throwIfAborted()
  const cancelled = once(signal, 'abort').then(() => {
    throw signal.reason
  })
  try {
    return await Promise.race([readUpToLimit(stream), cancelled])
  } finally {
    stream.destroy()
  }
}

async function readUpToLimit(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) continue
    chunks.push(chunk)
    length += chunk.length
    if (length > MAX_IMPORT_BYTES) break
  }
  return Buffer.concat(chunks)
}
