import type { Clock } from '../../core/ports.ts'
import type { Io } from './terminal.ts'

/** How long a wait may last before its reason is shown, ms. */
export const SLOW_NOTICE_MS = 500

export const WAITING_FOR_KEYCHAIN = 'Waiting for the keychain'
export const WAITING_FOR_LOGIN = 'Waiting for a login to end'

const noticed = new WeakSet<object>()

/** Prints once that the command waits for the keychain. */
export function noticeKeychain(io: Pick<Io, 'stderr'>): void {
  if (!noticed.has(io)) io.stderr(WAITING_FOR_KEYCHAIN)
  noticed.add(io)
}

/** Awaits `result`, and prints `sentence` when that takes longer than a moment. */
export async function noticeIfSlow<T>(
  { clock }: { readonly clock: Clock },
  io: Pick<Io, 'stderr'>,
  sentence: string,
  result: Promise<T>,
): Promise<T> {
  const cancel = clock.after(SLOW_NOTICE_MS, () => {
    if (sentence === WAITING_FOR_KEYCHAIN) noticeKeychain(io)
    else io.stderr(sentence)
  })
  try {
    return await result
  } finally {
    cancel()
  }
}
