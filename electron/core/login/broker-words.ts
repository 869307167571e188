import type { Secret } from '../secret.ts'

const MAX_LENGTH = 500

/**
 * A broker's message made fit to show and to keep: without control characters, cut to a length that a person
 * would read, and without any secret that the broker may have sent back in it.
 */
export function cleanWords(words: string, secrets: Iterable<Secret>): string {
  let clean = words
  for (const secret of secrets) {
    for (const form of spellings(secret.reveal())) clean = clean.replaceAll(form, '[secret]')
  }

  clean = clean.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]+/g, ' ').trim()
  return clean.length > MAX_LENGTH ? `${clean.slice(0, MAX_LENGTH)}…` : clean
}

/** The ways in which a sent value may come back; the longest first, so that none is left half replaced. */
function spellings(value: string): string[] {
  if (value === '') return []
  const form = new URLSearchParams({ v: value }).toString().slice(2)
  const json = JSON.stringify(value).slice(1, -1)
  const html = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return [...new Set([value, encodeURIComponent(value), form, json, html])].sort(
    (a, b) => b.length - a.length,
  )
}
