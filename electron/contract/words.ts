/** Words that the popover and the command line share, so that both say the same. */

const IST_OFFSET_MS = 5.5 * 60 * 60 * 1000
const DAY_MS = 24 * 60 * 60 * 1000

const istDay = (epochMs: number): number => Math.floor((epochMs + IST_OFFSET_MS) / DAY_MS)

/** The time of day in India as `HH:MM`. */
export function istTime(epochMs: number): string {
  return new Date(epochMs + IST_OFFSET_MS).toISOString().slice(11, 16)
}

/**
 * When something ends, in words: "until 06:00 tomorrow". Days are those of India.
 * `zoneOffsetMinutes` is the machine's `Date.getTimezoneOffset()`: away from India the zone is named.
 */
export function untilWords(endsAt: number, now: number, zoneOffsetMinutes: number): string {
  const zone = zoneOffsetMinutes === -330 ? '' : ' IST'
  const time = `${istTime(endsAt)}${zone}`
  const days = istDay(endsAt) - istDay(now)
  if (days === 0) return `until ${time} today`
  if (days === 1) return `until ${time} tomorrow`
  const date = new Date(endsAt + IST_OFFSET_MS)
  const day = date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
  return `until ${time} on ${day}`
}

/** A code as it is read aloud: six digits in two groups of three, eight in two of four. */
export function groupedCode(code: string): string {
  const half = Math.ceil(code.length / 2)
  return `${code.slice(0, half)} ${code.slice(half)}`
}
