import { describe, expect, test } from 'vitest'
import { devDependencies } from '../../../package.json'
import { exportAddress, type Batch } from '../../../tests/support/authenticator-export.ts'
import { domain } from '../../../tests/support/harness.ts'
import { MAX_TEXT_BYTES } from '../../contract/fields.ts'
import { MAX_SEVERAL, SeveralTable, type SeveralRow } from '../../contract/several.ts'
import { InputError, LoginError } from '../../core/errors.ts'
import { MemoryKeychain } from '../../adapters/memory-keychain.ts'
import { SeveralAccounts, type SeveralFile } from './several.ts'

const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const bytes = Buffer.from('12345678901234567890')

const kite = (userId: string, part: Readonly<Record<string, string>> = {}): string =>
  lines({
    KITE_API_KEY: 'q1w2e3r4t5y6u7i8',
    KITE_API_SECRET: 'hush-hush-secret',
    KITE_USER_ID: userId,
    KITE_PASSWORD: 'hush-hush-password',
    KITE_TOTP_SECRET: secret,
    ...part,
  })

const lines = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}='${value}'\n`)
    .join('')

const file = (from: string, text: string): SeveralFile => ({
  from,
  read: () => Promise.resolve(Buffer.from(text)),
})

/** Creates what reads several files, with all that it stores. */
function several(electron = devDependencies.electron, keychain = new MemoryKeychain()) {
  const parts = domain(keychain)
  const readQrCodes = () => Promise.resolve([])
  const made = new SeveralAccounts({ ...parts, readQrCodes }, electron)
  const read = async (...files: readonly SeveralFile[]) => SeveralTable.parse(await made.read(files))
  const save = (row: SeveralRow | undefined, part: Partial<Parameters<typeof made.save>[1]> = {}) =>
    made.save(row?.id ?? -1, {
      name: row?.name ?? '',
      brokerId: row?.options[0]?.brokerId ?? '',
      acceptTerms: true,
      acceptElectron: false,
      ...part,
    })
  const saved = () => parts.accounts.list.map(({ name, brokerId }) => `${name} at ${brokerId}`)
  return { ...parts, made, read, save, saved }
}

const words = ({ rows }: SeveralTable): readonly (string | undefined)[] =>
  rows.map(({ options: [first], wrong }) => wrong ?? first?.wrong ?? first?.words)

describe('the table of several files', () => {
  test('has a free name, the broker, the user ID and what is there, and no secret', async () => {
    const { accounts, read } = several()
    await accounts.add({
      name: 'main',
      brokerId: 'kite-connect',
      values: { totp_secret: secret },
      endpoints: {},
      acceptTerms: false,
    })
    const table = await read(
      file('main.env', kite('AB1234')),
      file('.env', kite('CD5678')),
      file('.env.Family Account', kite('EF9012')),
    )
    expect(table.rows.map(({ name, wanted }) => [name, wanted])).toEqual([
      ['main-2', true],
      ['kite-connect', true],
      ['family-account', true],
    ])
    expect(table.rows[0]?.options[0]).toEqual({
      brokerId: 'kite-connect',
      brokerName: 'Zerodha Kite Connect',
      userId: 'AB1234',
      words: 'Has API key, API secret, user ID, password, external TOTP secret.',
      wrong: null,
      asksTerms: true,
      asksElectron: false,
    })
    expect(JSON.stringify(table)).not.toMatch(/hush-hush|JBSW/)
  })

  test('says what is missing or wrong in a file, and what to do', async () => {
    const { read } = several()
    const table = await read(
      file('a.env', kite('AB1234', { KITE_API_SECRET: '' })),
      file('b.env', kite('AB')),
      file('c.env', 'COLOUR=blue'),
      file('d.env', `KITE_USER_ID=AB1234\n${'#'.repeat(MAX_TEXT_BYTES)}`),
      {
        from: 'e.env',
        read: () => Promise.reject(new InputError({ file: 'can’t read this file (EACCES)' })),
      },
    )
    expect(words(table)).toEqual([
      expect.stringMatching(/^Missing: API secret\. Correct the file and choose it again\.$/),
      expect.stringMatching(/^User ID has 6 to 12 letters .* Correct the file and choose it again\.$/),
      expect.stringMatching(/COLOUR/),
      expect.stringMatching(/longer than 64 kB/),
      'TokenTray can’t read this file (EACCES).',
    ])
    expect(table.rows.some(({ wanted }) => wanted)).toBe(false)
  })

  test('offers to sign in yourself where nothing but the password and code is missing', async () => {
    const { read, save, accounts } = several()
    const table = await read(file('main.env', kite('AB1234', { KITE_PASSWORD: '', KITE_TOTP_SECRET: '' })))
    expect(words(table)).toEqual([expect.stringContaining('You sign in at Zerodha yourself, once a day.')])
    expect(table.rows[0]?.options[0]?.asksTerms).toBe(false)
    expect(await save(table.rows[0], { acceptTerms: false })).toBeNull()
    expect(accounts.list[0]).toMatchObject({ mode: 'assisted', termsAcceptedAt: null })
  })

  test('does not want a login twice', async () => {
    const { read, save } = several()
    const first = await read(file('main.env', kite('AB1234')), file('copy.env', kite('ab1234')))
    expect(first.rows.map(({ wanted }) => wanted)).toEqual([true, false])
    expect(words(first)[1]).toContain('Same login as main.')
    await save(first.rows[0])
    const again = await read(file('copy.env', kite('AB1234')))
    expect(words(again)[0]).toContain('Same login as main.')
  })

  test('makes accounts for codes alone of an export, where a broker takes such', async () => {
    const { read, save, saved } = several()
    const table = await read(
      file(
        'export.txt',
        exportAddress([
          { secret: bytes, name: 'AB1234', issuer: 'Zerodha' },
          { secret: bytes, name: 'asha@example.com', issuer: 'Upstox' },
          { secret: bytes, name: 'asha', issuer: 'GitHub' },
          { secret: bytes, name: 'counts', issuer: 'Game', type: 1 },
        ]),
      ),
    )
    expect(table.rows.map(({ name, wanted, options }) => [name, wanted, options.length])).toEqual([
      ['zerodha-ab1234', true, 2],
      ['', false, 0],
      ['github-asha', false, 2],
    ])
    expect(words(table).slice(0, 2)).toEqual([
      'Has external TOTP secret. Shows codes alone.',
      'Upstox needs more than a TOTP secret. Add this account by itself, and choose this picture there.',
    ])
    expect(table.notes).toEqual([expect.stringMatching(/^Left out: “Game: counts”/)])
    expect(await save(table.rows[0], { brokerId: 'kite-web', acceptTerms: false })).toBeNull()
    expect(saved()).toEqual(['zerodha-ab1234 at kite-web'])
  })

  test('misses no part of an export whose parts are all there', async () => {
    const { read } = several()
    const part = (index: number): SeveralFile => {
      const batch: Batch = { size: 2, index }
      return file(
        `${index}.txt`,
        exportAddress([{ secret: bytes, name: `AB123${index}`, issuer: 'Zerodha' }], batch),
      )
    }
    expect((await read(part(0), part(1))).notes).toEqual([])
    expect((await read(part(1))).notes).toEqual([expect.stringContaining('spread over 2 QR codes')])
  })

  test('ends after fifty rows, and says so', async () => {
    const { read } = several()
    const files = Array.from({ length: MAX_SEVERAL + 1 }, (_, at) =>
      file(`a${at}.env`, kite(`AB${1000 + at}`)),
    )
    const { rows, notes } = await read(...files)
    expect(rows).toHaveLength(MAX_SEVERAL)
    expect(notes).toEqual(['These are the first 50. Save them, then choose the others.'])
  })
})

describe('a row of several', () => {
  test('is saved once, with its secrets in the keychain', async () => {
    const { keychain, read, save, saved } = several()
    const { rows } = await read(file('main.env', kite('AB1234')))
    expect(await save(rows[0], { name: 'chosen' })).toBeNull()
    expect(saved()).toEqual(['chosen at kite-connect'])
    expect((await keychain.get('chosen/password'))?.reveal()).toBe('hush-hush-password')
    expect(await save(rows[0], { name: 'twice' })).toMatch(/no longer here/)
    expect(saved()).toEqual(['chosen at kite-connect'])
  })

  test.each([
    [{ acceptTerms: false }, 'The terms have to be accepted first.'],
    [{ name: 'taken' }, 'The name “taken” is in use; choose another name.'],
    [{ name: '' }, /^The name has 1 to 40/],
    [{ brokerId: 'upstox' }, /no longer here/],
  ])('that can’t be saved as %o says why and leaves nothing', async (part, why) => {
    const { accounts, read, save, saved } = several()
    const { rows } = await read(file('main.env', kite('AB1234')))
    await accounts.add({
      name: 'taken',
      brokerId: 'kite-connect',
      values: { totp_secret: secret },
      endpoints: {},
      acceptTerms: false,
    })
    expect(await save(rows[0], part)).toMatch(why)
    expect(saved()).toEqual(['taken at kite-connect'])
    expect(await save(rows[0])).toBeNull()
  })

  test('says so when the keychain takes nothing, and the next one is saved', async () => {
    const keychain = new MemoryKeychain()
    const { read, save, saved } = several(devDependencies.electron, keychain)
    const { rows } = await read(file('a.env', kite('AB1234')), file('b.env', kite('CD5678')))
    const set = keychain.set.bind(keychain)
    keychain.set = () => Promise.reject(new LoginError('keychain-locked'))
    expect(await save(rows[0])).toMatch(/keychain/i)
    keychain.set = set
    expect(await save(rows[1])).toBeNull()
    expect(saved()).toEqual(['b at kite-connect'])
  })

  test('wants a yes to an Electron past its support, once for all', async () => {
    const { read, save } = several('20.0.0')
    const { rows, oldElectron } = await read(file('a.env', kite('AB1234')), file('b.env', kite('CD5678')))
    expect(oldElectron).toBe('20.0.0')
    expect(await save(rows[0])).toBe('This Electron needs your yes before a real account.')
    expect(await save(rows[0], { acceptElectron: true })).toBeNull()
    expect(await save(rows[1])).toBeNull()
  })

  test('is forgotten with the window', async () => {
    const { made, read, save } = several()
    const { rows } = await read(file('a.env', kite('AB1234')))
    made.clear()
    expect(await save(rows[0])).toMatch(/no longer here/)
  })
})
