import type { Clock } from '../../core/ports.ts'
import type { Io } from './terminal.ts'

/** Who waits longer than this wants to know what for, ms. */
export const SLOW_NOTICE_MS = 500

export const WAITING_FOR_KEYCHAIN = 'Waiting for the keychain'
export const WAITING_FOR_LOGIN = 'Waiting for a login to end'

const told = new WeakSet<object>()

/** Says that the keychain is waited for, once. */
export function noticeKeychain(io: Pick<Io, 'stderr'>): void {
  if (!told.has(io)) io.stderr(WAITING_FOR_KEYCHAIN)
  told.add(io)
}

/** Says what is waited for when it takes longer than a moment, and ends as it ends. */
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
