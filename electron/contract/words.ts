/** Words that the popover and the command line share, so that both use the same ones. */

const IST_OFFSET_MS = 5.5 * 60 * 60 * 1000
const DAY_MS = 24 * 60 * 60 * 1000

const istDay = (epochMs: number): number => Math.floor((epochMs + IST_OFFSET_MS) / DAY_MS)

/** Returns the day in India as `YYYY-MM-DD`. */
export const istDate = (epochMs: number): string =>
  new Date(epochMs + IST_OFFSET_MS).toISOString().slice(0, 10)

/** Returns the time of day in India as `HH:MM`, or as "6:00 am" with `hour12`. */
export function istTime(epochMs: number, hour12 = false): string {
  return timeOfDay(epochMs, hour12, 16)
}

/** Returns the time of day in India with seconds: `HH:MM:SS`, or "6:00:07 am" with `hour12`. */
export function istClock(epochMs: number, hour12 = false): string {
  return timeOfDay(epochMs, hour12, 19)
}

/** @param end the index in an ISO date at which the returned time ends */
function timeOfDay(epochMs: number, hour12: boolean, end: number): string {
  const iso = new Date(epochMs + IST_OFFSET_MS).toISOString()
  if (!hour12) return iso.slice(11, end)
  const hour = Number(iso.slice(11, 13))
  return `${hour % 12 === 0 ? 12 : hour % 12}${iso.slice(13, end)} ${hour < 12 ? 'am' : 'pm'}`
}

/**
 * Returns an end in words: "until 06:00 tomorrow". Days are those of India.
 * @param zoneOffsetMinutes this machine's `Date.getTimezoneOffset()`; outside India the words name the zone
 */
export function untilWords(endsAt: number, now: number, zoneOffsetMinutes: number, hour12 = false): string {
  const zone = zoneOffsetMinutes === -330 ? '' : ' IST'
  // “00:00 tomorrow” reads as tomorrow's night, so midnight belongs to the day that it ends.
  const isMidnight = (endsAt + IST_OFFSET_MS) % DAY_MS === 0
  const time = `${isMidnight ? 'midnight' : istTime(endsAt, hour12)}${zone}`
  const lastDay = isMidnight ? endsAt - 1 : endsAt
  const days = istDay(lastDay) - istDay(now)
  if (days === 0) return `until ${time} ${isMidnight ? 'tonight' : 'today'}`
  if (days === 1) return `until ${time} tomorrow`
  return `until ${time} on ${istShortDay(lastDay)}`
}

/** Returns the day in India, such as "29 Nov". */
export const istShortDay = (epochMs: number): string =>
  new Date(epochMs + IST_OFFSET_MS).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  })

/** Returns a moment in India in words: "29 Nov 2026, 21:16:08 IST". */
export const istMoment = (epochMs: number): string =>
  `${istShortDay(epochMs)} ${istDate(epochMs).slice(0, 4)}, ${istClock(epochMs)} IST`

/** Returns the name of a broker's house: "Zerodha" for "Zerodha Kite Connect". */
export const houseName = (broker: string): string => broker.split(' ')[0] ?? broker

/** Returns a sentence with the name of a broker's house in place of “the broker”. */
export const namingBroker = (sentence: string, broker: string): string =>
  sentence.replaceAll(/\b[Tt]he broker\b/g, () => houseName(broker))

/** Splits a code into two groups, as people read it: six digits into three and three, eight into four and four. */
export function groupedCode(code: string): string {
  const half = Math.ceil(code.length / 2)
  return `${code.slice(0, half)} ${code.slice(half)}`
}

/** Returns a field's label for use inside a sentence: "Password" as "password"; "MPIN" stays as it is. */
export const inSentence = (label: string): string =>
  /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label

/** Gives a Debian or Ubuntu without a keychain one. */
export const INSTALL_KEYCHAIN = 'sudo apt install gnome-keyring'
