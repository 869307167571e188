import type { AccountView, MarketView } from './state.ts'
import { isReady } from './status.ts'
import { istTime } from './words.ts'

const MINUTE_MS = 60_000
/** Further away than this, the opening is told as a time, minutes. */
const COUNTED_MIN = 120

/**
 * Returns the market's day in one line: "Opens in 23 min · all 4 ready", "Open until 15:30", "Holiday today: Holi"; null
 * when there is nothing to say.
 * @param now epoch ms
 */
export function marketLine(
  { session, holiday }: MarketView,
  accounts: readonly AccountView[],
  now: number,
  hour12: boolean,
): string | null {
  if (session === null) return holiday === null ? null : `Holiday today: ${holiday}`
  if (now >= session.closesAt) return null
  const { opensAt, closesAt } = session
  const market = now < opensAt ? opensWords(opensAt, now, hour12) : `Open until ${istTime(closesAt, hour12)}`
  const all = accounts.filter(({ canLogIn }) => canLogIn)
  if (all.length === 0 || !all.every(isReady)) return market
  return `${market} · ${all.length === 1 ? 'ready' : `all ${all.length} ready`}`
}

function opensWords(opensAt: number, now: number, hour12: boolean): string {
  const minutes = Math.ceil((opensAt - now) / MINUTE_MS)
  if (minutes > COUNTED_MIN) return `Opens at ${istTime(opensAt, hour12)}`
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  const parts = [...(hours > 0 ? [`${hours} h`] : []), ...(rest > 0 ? [`${rest} min`] : [])]
  return `Opens in ${parts.join(' ')}`
}
