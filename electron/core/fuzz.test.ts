import fc from 'fast-check'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { exportAddress, exportMessage } from '../../tests/support/authenticator-export.ts'
import { MemoryLocks, morning } from '../../tests/support/harness.ts'
import { anyText, FUZZ_TIMEOUT_MS, fuzz, mangled, mangledJson } from '../../tests/support/mangled.ts'
import { otherKind, pictureSize } from '../adapters/picture-size.ts'
import { StateFile } from '../adapters/state-file.ts'
import { State } from './state/state.ts'
import { parseDotenv } from './accounts/env/parse.ts'
import { readEnvFile } from './accounts/env/preview.ts'
import { readImport } from './accounts/import/import.ts'
import { parseMigration } from './accounts/import/migration.ts'
import { parseOtpauth } from './accounts/import/otpauth.ts'
import { readSecrets } from './accounts/import/secrets-in-text.ts'
import { registry } from './brokers/registry.ts'
import { InputError } from './errors.ts'
import type { Clock } from './ports.ts'
import { attemptsLeftIn } from './brokers/kit/attempts-left.ts'
import { cleanWords, MAX_STEPS } from './brokers/kit/clean-text.ts'
import { Work } from './brokers/kit/secret-finder.ts'
import { Redactor } from './login/conversation/redactor.ts'
import { Secret } from './secret.ts'
import { defaultSettings } from './state/settings.ts'
import { readText } from './text.ts'
import { jwtExpiry } from './time/expiry.ts'
import { updateLines } from './accounts/update-lines.ts'
import { normaliseTotpSecret } from './totp/code.ts'
import { totpCode } from './totp/generate.ts'

const envFile = [
  'export KITE_USER_ID=AB1234 # mine',
  `KITE_PASSWORD='p#ss\\'word'`,
  'KITE_TOTP_SECRET="JBSWY3DPEHPK3PXP\\n"',
  'UPSTOX_USERNAME=9876543210',
  'OLD=1',
  'ZERODHA_PASSWORD=x${OLD}y${NONE:-d}',
  'KOTAK_NEO_UCC=AB12C',
].join('\n')
const lineFormats = ['env', 'dotenv', 'fish', 'docker'] as const
const otpauth = 'otpauth://totp/Zerodha:AB1234?secret=JBSWY3DPEHPK3PXP&issuer=Zerodha&digits=6&period=30'
const twoAccounts = [
  { secret: Buffer.from('48656c6c6f21deadbeef', 'hex'), name: 'AB1234', issuer: 'Zerodha', type: 2 },
  { secret: Buffer.from('0123456789abcdef', 'hex'), name: 'Upstox: me', algorithm: 2, digits: 2, type: 1 },
]
const migration = exportAddress(twoAccounts, { size: 2, index: 1 })
const notes = [
  'Zerodha\nJBSWY3DPEHPK3PXP\n\nUpstox: me\nTOTP="GEZDGNBVGY3TQOJQ"',
  `> "otpauth://totp/a?issuer=b&secret=JBSWY3DP\n> EHPK3PXP"\n${encodeURIComponent(otpauth)}\n(${otpauth}).`,
  `Title,Username,OTPAuth\r\n"Kite ""web"", mine",AB1234,"${otpauth}"\r\n,,\r\n`,
  'name,login_username,login_totp\nZerodha,AB1234,JBSWY3DPEHPK3PXP\n',
]
const entry = {
  secret: 'JBSWY3DPEHPK3PXP',
  issuer: 'Zerodha',
  label: 'me',
  digits: 6,
  period: 30,
  type: 'TOTP',
}
const exports = [
  {
    header: { slots: null },
    db: { entries: [{ type: 'totp', name: 'a', issuer: 'b', info: { ...entry, algo: 'SHA1' } }] },
  },
  { services: [{ name: 'a', secret: entry.secret, otp: { account: 'me', tokenType: 'TOTP', digits: 6 } }] },
  [entry, { ...entry, type: 'HOTP' }],
  { encrypted: false, items: [{ name: 'a', login: { username: 'b', totp: otpauth } }] },
  { vaults: [{ totpUri: otpauth, more: { totp: entry.secret } }] },
].map((json) => JSON.stringify(json))
const words = [
  'Invalid TOTP. 4 attempts left.',
  'You have only 1 of 5 attempts remaining before your account is locked',
  'Remaining login attempts: two',
]
const state: State = {
  version: 1,
  practicePorts: { 'kite-connect': { web: 4000 } },
  accounts: [
    {
      name: 'main',
      brokerId: 'kite-connect',
      settings: { user_id: 'AB1234' },
      endpoints: { web: 'http://127.0.0.1:4000' },
      proxy: null,
      termsAcceptedAt: morning,
      secretsSetAt: { password: morning },
      spent: { password: 1, code: 0 },
      passwordRefused: false,
      passwordProven: false,
      codesSent: [1, 2],
      attemptsLeft: 4,
      coolDownUntil: null,
      token: { issuedAt: morning, expiresAt: null, seen: 'accepted' },
      problem: null,
      trace: null,
    },
  ],
  settings: defaultSettings,
}

const anyBytes = (...examples: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    mangled(...examples.map((example) => Buffer.from(example).toString('latin1'))).map((text) =>
      Buffer.from(text, 'latin1'),
    ),
  )

describe(
  'text from outside never ends in anything but a value or a sentence for the user',
  { timeout: FUZZ_TIMEOUT_MS },
  () => {
    test('an .env file', () =>
      fuzz(fc.tuple(mangled(envFile), fc.constantFrom(...registry.values())), InputError, ([text, broker]) =>
        readEnvFile(text, broker),
      ))

    test('bytes that may be text', () =>
      fuzz(
        fc.oneof(anyBytes(Buffer.from(envFile), Buffer.from(envFile, 'utf16le')), fc.uint8Array()),
        InputError,
        (bytes) => {
          expect(readText(bytes, 'file')).not.toContain('\0')
        },
      ))

    test('a file that a token is put into, of which everything else stays', () => {
      const token = { field: 'access_token', env: 'KITE_ACCESS_TOKEN', value: 'new/token==' }
      const others = (text: string) =>
        parseDotenv(text).flatMap((one) => (one.name === token.env ? [] : [{ ...one, start: 0, end: 0 }]))
      const file = `${envFile}\nKITE_ACCESS_TOKEN=  # mine\nA='1'\n`
      return fuzz(fc.tuple(mangled(file), fc.constantFrom(...lineFormats)), InputError, ([text, format]) => {
        const updated = updateLines(text, [token], format)
        expect(updateLines(updated, [token], format)).toBe(updated)
        if (format === 'dotenv') expect(others(updated)).toEqual(others(text))
      })
    })

    test('an otpauth address', () => fuzz(mangled(otpauth), InputError, parseOtpauth))

    test('a text with TOTP secrets', () =>
      fuzz(mangled(...notes, ...exports, otpauth, migration), InputError, readSecrets))

    test('what may be a TOTP secret', () =>
      fuzz(mangled('JBSW Y3DP-EHPK\u00ad3PXP==', 'your-totp-secret'), TypeError, (typed) => {
        // What is taken makes codes, of any length.
        expect(totpCode(new Secret(normaliseTotpSecret(typed)), 1)).toMatch(/^\d{6}$/)
      }))

    test('the address of an authenticator app’s export', () =>
      fuzz(
        fc.oneof(
          mangled(migration),
          anyBytes(exportMessage(twoAccounts)).map(
            (bytes) => `otpauth-migration://offline?data=${Buffer.from(bytes).toString('base64url')}`,
          ),
        ),
        InputError,
        parseMigration,
      ))

    test('a file to import', () =>
      fuzz(
        fc.oneof(
          mangled(
            ...[
              envFile,
              otpauth,
              migration,
              `${otpauth}\n${migration}`,
              'JBSW Y3DP EHPK 3PXP',
              ...notes,
              ...exports,
            ],
          ).map((text) => Buffer.from(text)),
          mangledJson(...exports).map((text) => Buffer.from(text)),
          anyBytes(exportMessage(twoAccounts)),
        ),
        InputError,
        (file) => readImport(file, registry.values(), () => Promise.resolve([otpauth])),
      ))

    test('the texts of QR codes', () =>
      fuzz(fc.array(mangled(otpauth, migration), { minLength: 1, maxLength: 4 }), InputError, (codes) =>
        readImport(Buffer.from('\x89PNG', 'latin1'), registry.values(), () => Promise.resolve(codes)),
      ))

    test('the beginning of a picture', () =>
      fuzz(
        anyBytes(
          Buffer.from('89504e470d0a1a0a0000000d494844520000000a0000000a0806000000', 'hex'),
          Buffer.from(
            'ffd8ffe000104a46494600010100000100010000ffc00011080010001003012200021101031101',
            'hex',
          ),
          Buffer.from('474946383961100010008000000000000000002c', 'hex'),
          Buffer.from('424d36030000000000003600000028000000100000001000000001001800', 'hex'),
          Buffer.from('000000186674797068656963000000006d69663168656963', 'hex'),
        ),
        InputError,
        (bytes) => [pictureSize(Buffer.from(bytes)), otherKind(Buffer.from(bytes))],
      ))

    test('a broker’s words about the attempts left', () =>
      fuzz(mangled(...words), InputError, (text) => {
        const left = attemptsLeftIn(text)
        if (left !== null) expect(left).toBeGreaterThanOrEqual(0)
      }))

    test('a broker’s words that are cleaned, and hold no secret afterwards', () =>
      fuzz(
        fc.tuple(
          mangled(...words),
          anyText.map((text) => text.slice(0, 200)),
          anyText,
        ),
        InputError,
        ([before, secret, after]) => {
          const clean = cleanWords(`${before}${secret}${after}`, [new Secret(secret)])
          if (secret.trim().length >= 16) expect(clean).not.toContain(secret)
        },
      ))

    test('900 kB of words after a reply of 45,000 keys, which are read no further than the work allows', () => {
      const keys = Array.from({ length: 45_000 }, (_, index) => `K${String(index).padStart(15, '0')}`)
      const redactor = new Redactor([])
      const reply = { status: 200, headers: new Headers(), body: JSON.stringify(keys) }
      redactor.learnReply(reply, new URL('https://broker.example/'))
      const key = fc.constantFrom(...keys)
      return fuzz(
        fc.tuple(mangled(...words), key, mangled(...words)),
        InputError,
        ([before, secret, after]) => {
          const work = new Work(MAX_STEPS)
          const rest = 'and more words '.repeat(60_000)
          expect(redactor.redact(`${before} ${secret} ${after}${rest}`, work)).not.toContain(secret)
          expect(work.left).toBeGreaterThan(-MAX_STEPS / 100)
        },
      )
    })

    test('a token that may be a JSON Web Token', () => {
      const claims = mangledJson('{"exp":1795200000,"sub":"AB1234"}')
      const token = claims.map((json) => `e30.${Buffer.from(json).toString('base64url')}.signature`)
      return fuzz(fc.oneof(token, mangled('e30.eyJleHAiOjF9.x')), InputError, (text) =>
        jwtExpiry(new Secret(text)),
      )
    })

    test('the state file', async () => {
      const folder = await mkdtemp(path.join(tmpdir(), 'tokentray-fuzz-'))
      onTestFinished(() => rm(folder, { recursive: true }))
      const locks = new MemoryLocks()
      // Nothing is waited for: no other program writes the file.
      const clock: Clock = {
        now: () => morning,
        after: (_ms, callback) => {
          const immediate = setImmediate(callback)
          return () => {
            clearImmediate(immediate)
          }
        },
      }
      await fuzz(mangledJson(JSON.stringify(state)), InputError, async (text) => {
        await writeFile(path.join(folder, 'state.json'), text)
        const file = await StateFile.open(folder, locks, clock)
        expect(State.safeParse(file.state).success).toBe(true)
      })
    })
  },
)
