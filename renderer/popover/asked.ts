/** How long ago a code was asked for: by then a text message has come, or will not. */
export function askedWords(askedAt: number, now: number): string {
  const seconds = Math.floor((now - askedAt) / 1000)
  if (seconds < 5) return 'asked just now'
  return seconds < 60 ? `asked ${String(seconds)} s ago` : `asked ${String(Math.floor(seconds / 60))} min ago`
}
