import * as z from 'zod/mini'
import { InputError } from '../core/errors.ts'
import type { AskQrReader, Clock, ReadQrCodes } from '../core/ports.ts'
import { otherKind, pictureSize } from './picture-size.ts'
import { pixelsUnpack } from './png-size-check.ts'

/** Photos of most phones have 12 million. */
const MAX_PIXELS = 25_000_000

/** Ten times as long as the largest photos take, ms. */
const MAX_MS = 30_000

const Found = z.array(z.object({ isValid: z.boolean(), text: z.string() }))

/** Reads QR codes from PNG, JPEG, GIF (its first frame) and BMP files, also rotated, tilted or inside a screenshot. */
export const qrCodeReader =
  (clock: Clock, ask: AskQrReader): ReadQrCodes =>
  async (picture, signal) => {
    const file = Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength)
    const size = pictureSize(file)
    if (size === null) throw refusal(formatRefusal(otherKind(file)))
    if (size.width * size.height > MAX_PIXELS) {
      throw refusal('has more than 25 million pixels; cut out the part with the QR code')
    }
    // Else the decoder might find a size that was not checked.
    if (size.width * size.height === 0) throw refusal(DAMAGED)
    if (size.kind === 'png' && !(await pixelsUnpack(file, size))) throw refusal(DAMAGED)
    const codes = await decode(file, clock, ask, signal)
    if (codes.length === 0) {
      throw refusal('has no QR code that can be read; take a sharp one with some white around the code')
    }
    return [...new Set(codes)]
  }

/** Names only PNG and JPEG, although GIF and BMP are read too, because users need no third choice. */
const formatRefusal = (kind: string | null): string =>
  `${kind === null ? '' : `is ${kind}, which `}is neither PNG nor JPEG; make a screenshot of it and save that as PNG`

const DAMAGED = 'is damaged or cut short; save it again'

/**
 * Reads QR codes in another process, because a picture of many squares takes minutes to decode. Ends the process in any
 * case and does not wait for its end, because a process that never came up would not end either.
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
    if (found.some(({ isValid }) => !isValid)) throw refusal(DAMAGED)
    return found.map(({ text }) => text)
  } catch (error) {
    cancelled?.throwIfAborted()
    if (ending.signal.aborted) throw refusal('takes too long to read; cut out the part with the QR code')
    throw error
  } finally {
    cancelled?.removeEventListener('abort', end)
    stopWaiting()
    end()
  }
}

const refusal = (message: string): InputError => new InputError({ picture: message })
