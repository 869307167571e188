import { ask } from './programs.ts'
import { until } from './until.ts'

/** Returns the codes of a TOTP secret between two moments (epoch ms), made by the independent `oathtool`. */
export async function codesBetween(secret: string, from: number, to: number): Promise<string[]> {
  const codes: string[] = []
  const lastWindow = Math.floor(to / 30_000)
  for (let window = Math.floor(from / 30_000); window <= lastWindow; window++) {
    const moment = new Date(window * 30_000).toISOString().replace('T', ' ').replace('.000Z', ' UTC')
    const code = await ask('oathtool', ['--totp', '--base32', secret, '--now', moment])
    if (code === null) throw new Error('oathtool gave no code')
    codes.push(code.trim())
  }
  return codes
}

/** Before a code ends by this, the next one is handed out in its place, ms. */
const NEXT_CODE_FROM_MS = 3_000
/** TokenTray's idea of the broker's time is off by half a round trip at most: seconds, on a busy machine. In ms. */
const OFF_BY_MS = 10_000

/** Returns the codes of a TOTP secret that may have been handed out since `from` (epoch ms). */
export function codesToCopy(secret: string, from: number): Promise<string[]> {
  return codesBetween(secret, from - OFF_BY_MS, Date.now() + NEXT_CODE_FROM_MS + OFF_BY_MS)
}

/**
 * Resolves once the first six shown digits are the current code, because a page may be late with a new code.
 */
export async function showsCodeOf(secret: string, shown: () => Promise<string>): Promise<void> {
  await until('the code', async () => {
    const from = Date.now()
    const digits = (await shown()).replaceAll(/\D/g, '').slice(0, 6)
    return (await codesBetween(secret, from, Date.now())).includes(digits) ? true : null
  })
}
