import * as z from 'zod/mini'
import { InputError } from '../core/errors.ts'
import type { AskQrReader, Clock, ReadQrCodes } from '../core/ports.ts'
import { otherKind, pictureSize } from './picture-size.ts'
import { pixelsUnpack } from './png-size-check.ts'

/** Photos of most phones have 12 million. */
const MAX_PIXELS = 25_000_000
/** Ten times what the largest photos take, ms. */
const MAX_MS = 30_000

const Found = z.array(z.object({ isValid: z.boolean(), text: z.string() }))

/** Reads QR codes from PNG, JPEG, GIF (its first picture) and BMP files, turned, tilted or in the middle of a screenshot. */
export const qrCodeReader =
  (clock: Clock, ask: AskQrReader): ReadQrCodes =>
  async (picture, signal) => {
    const file = Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength)
    const size = pictureSize(file)
    if (size === null) throw wrong(notRead(otherKind(file)))
    if (size.width * size.height > MAX_PIXELS) {
      throw wrong('has more than 25 million pixels; cut out the part with the QR code')
    }
    // Else the reader of pictures might find a size that has not been looked at.
    if (size.width * size.height === 0) throw wrong(DAMAGED)
    if (size.kind === 'png' && !(await pixelsUnpack(file, size))) throw wrong(DAMAGED)
    const codes = await decode(file, clock, ask, signal)
    if (codes.length === 0) {
      throw wrong('has no QR code that can be read; take a sharp one with some white around the code')
    }
    return [...new Set(codes)]
  }

/** GIF and BMP are read as well, but nobody needs to be sent there. */
const notRead = (kind: string | null): string =>
  `${kind === null ? '' : `is ${kind}, which `}is neither PNG nor JPEG; make a screenshot of it and save that as PNG`

const DAMAGED = 'is damaged or cut short; save it again'

/**
 * Has a process of its own look for QR codes, because a picture full of squares keeps the reader busy for minutes.
 * The process is ended in any case, and not waited for: one that never came up would not end either.
 */
async function decode(
  file: Buffer,
  clock: Clock,
  ask: AskQrReader,
  cancelled?: AbortSignal,
): Promise<string[]> {
  const ending = new AbortController()
  const end = (): void => ending.abort()
  const ended = new Promise<never>((_resolve, reject) => {
    ending.signal.addEventListener('abort', () =>
      reject(new Error('The reader of QR codes was not waited for.')),
    )
  })
  // Heard of by the race alone.
  ended.catch(() => undefined)
  const stopWaiting = clock.after(MAX_MS, end)
  cancelled?.addEventListener('abort', end)
  try {
    const found = Found.parse(await Promise.race([ask(file, ending.signal), ended]))
    if (found.some(({ isValid }) => !isValid)) throw wrong(DAMAGED)
    return found.map(({ text }) => text)
  } catch (error) {
    cancelled?.throwIfAborted()
    if (ending.signal.aborted) throw wrong('takes too long to read; cut out the part with the QR code')
    throw error
  } finally {
    cancelled?.removeEventListener('abort', end)
    stopWaiting()
    end()
  }
}

const wrong = (message: string): InputError => new InputError({ picture: message })
