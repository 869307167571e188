import { readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'

const here = import.meta.dirname

/** What may put a � in place of a letter: each of them does unless it is told `fatal`. */
const lenient = [
  /new TextDecoder\((?![^)]*fatal: true)/,
  /\.toString\('(?:utf-?8|utf16le)'/,
  /\bBuffer\.concat\([^)]*\)\s*\.toString\(\s*\)/,
  /\breadFile(?:Sync)?\([^;]*'utf-?8'/,
  /setEncoding\(/,
]

/** Those that read nothing a person may have written a secret into. */
const allowed: Readonly<Record<string, string>> = {
  'adapters/autostart-file.ts': 'a desktop entry, ours or the system’s',
  'adapters/bus-message.ts': 'names on the session bus, from which no secret is asked',
  'adapters/ca-file.ts': 'certificates, which are public; a private key is refused',
  'adapters/history-file.ts': 'our own history, which holds no secret',
  'adapters/http.ts': 'replies of brokers',
  'adapters/lock-files.ts': 'our own locks, and /proc',
  'adapters/lock-owners.ts': 'numbers of processes, in /proc',
  'adapters/machine.ts': 'our own file with the machine’s id',
  'adapters/sealed-format.ts': 'what we have sealed ourselves, and authenticated',
  'adapters/sealed-keychain.ts': 'base64 of our own',
  'adapters/state-file.ts': 'our own state, which holds no secret',
  'adapters/trusted-roots.ts': 'certificates',
  'cli/copy/clipboard.ts': 'what is on the clipboard, of which only the hash is compared',
  'adapters/wayland-globals.ts': 'names of what the compositor offers',
  'services/account-names.ts': 'our own state, which holds no secret',
  'core/accounts/import/migration.ts': 'names in an export; its secrets are bytes',
  'core/time/expiry.ts': 'the claims of a token',
}

test('nothing that may read a secret decodes text otherwise than strictly', async () => {
  const files = (await readdir(here, { recursive: true })).filter((file) =>
    /(?<!\.test|\.d)\.tsx?$/.test(file),
  )
  expect(files.length).toBeGreaterThan(200)
  const found = files
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => {
      const code = readFileSync(path.join(here, file), 'utf8')
      return lenient.some((way) => way.test(code))
    })
  expect(found.filter((file) => !(file in allowed))).toEqual([])
})

test.each([
  'new TextDecoder().decode(bytes)',
  "new TextDecoder('utf-8').decode(bytes)",
  'Buffer.concat(chunks).toString()',
  "bytes.toString('utf8')",
  "await readFile(file, 'utf8')",
  "stream.setEncoding('utf8')",
])('which would find %j', (code) => {
  expect(lenient.some((way) => way.test(code))).toBe(true)
})
