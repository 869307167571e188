/**
 * Reads and writes the part of desktop entries that an autostart file needs
 * (https://specifications.freedesktop.org/desktop-entry-spec/latest/).
 */

/** Returns a command as the value of the `Exec` key, which has quotes, escapes and field codes of its own. */
export function execLine(command: readonly string[]): string {
  const quoted = command.map((argument) => {
    if (/[\n\r\0]/.test(argument))
      throw new Error('A path with a line break can’t be written into a desktop entry.')
    return `"${argument.replaceAll('%', '%%').replace(/["`$\\]/g, '\\$&')}"`
  })
  return stringValue(quoted.join(' '))
}

/** Escapes a text as the value of a key. */
export const stringValue = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t').replaceAll('\r', '\\r')

/** Unescapes the value of a key. */
const textOf = (value: string): string =>
  value.replace(
    /\\(.)/g,
    (whole, letter: string) => ({ s: ' ', n: '\n', t: '\t', r: '\r', '\\': '\\' })[letter] ?? whole,
  )

/** Reads the keys of an entry's main group; null when the text is not a desktop entry. */
export function readDesktopEntry(text: string): ReadonlyMap<string, string> | null {
  const keys = new Map<string, string>()
  let group: string | null = null
  for (const line of text.split('\n').map((raw) => raw.trim())) {
    if (line === '' || line.startsWith('#')) continue
    if (line.startsWith('[')) group = line
    const [, key, value] = /^([A-Za-z\d-]+)\s*=\s*(.*)$/.exec(line) ?? []
    if (group === '[Desktop Entry]' && key !== undefined && value !== undefined) keys.set(key, textOf(value))
  }
  return keys.size === 0 ? null : keys
}
