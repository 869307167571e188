const pattern = /^(\d{1,2})[:.](\d\d)\s*(am|pm)?$/

/** Parses a typed time of day, "8:15" or "8:15 pm", into `HH:MM`; null for anything else. */
export function readTimeOfDay(text: string): string | null {
  const [, hours = '', minutes = '', half] = pattern.exec(text.trim().toLowerCase()) ?? []
  const hour = Number(hours)
  if (hours === '' || Number(minutes) > 59) return null
  if (half === undefined) return hour > 23 ? null : written(hour, minutes)
  if (hour < 1 || hour > 12) return null
  return written((hour % 12) + (half === 'pm' ? 12 : 0), minutes)
}

/** Formats `HH:MM` as the user has chosen: "20:15" or "8:15 pm". */
export function timeOfDayWords(at: string, hour12: boolean): string {
  if (!hour12) return at
  const [hours = '', minutes = ''] = at.split(':')
  const hour = Number(hours)
  return `${String(hour % 12 === 0 ? 12 : hour % 12)}:${minutes} ${hour < 12 ? 'am' : 'pm'}`
}

const written = (hour: number, minutes: string): string => `${String(hour).padStart(2, '0')}:${minutes}`
