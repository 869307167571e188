import type { ReadAddress } from './addresses.ts'
import { readTotpCell } from './json-export.ts'

/** The column names of Bitwarden, Apple Passwords, 1Password, KeePassXC and Proton Pass. */
const TOTP_COLUMN = /^(?:login_totp|otpauth|totp|otp|totp_?uri)$/i

/**
 * Returns the content of each row with a TOTP value in a password manager's CSV export; null for a text without a TOTP
 * column.
 */
export function readCsvExport(text: string): ReadAddress[] | null {
  const [, heading = ''] = /^\uFEFF?([^\r\n]{1,2000})/.exec(text) ?? []
  const [names = []] = rowsOf(heading)
  const columnOf = (pattern: RegExp): number => names.findIndex((name) => pattern.test(name.trim()))
  const totp = columnOf(TOTP_COLUMN)
  if (names.length < 2 || totp === -1) return null
  const [title, user] = [columnOf(/^(?:name|title)$/i), columnOf(/^(?:login_)?username$/i)]
  const [, ...rows] = rowsOf(text)
  return rows.flatMap((row) =>
    readTotpCell(row[totp] ?? '', { issuer: row[title] ?? '', label: row[user] ?? '' }),
  )
}

/** Splits CSV by RFC 4180; an unclosed quote ends with its line. */
function rowsOf(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain = '', end] of text.matchAll(
    /(?:"([^"]*(?:""[^"]*)*)"|([^,\r\n]*))(,|\r?\n|\r|$)/g,
  )) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end !== ',') rows.push([])
  }
  return rows
}
