import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { hasProgram } from '../../../tests/support/has-program.ts'
import { Secret } from '../secret.ts'
import { normaliseTotpSecret, standardTotp, totpWindow, type TotpParameters } from './code.ts'
import { totpCode, totpSecretOfBytes } from './generate.ts'

describe('the test vectors of RFC 6238, appendix B', () => {
  // The RFC's ASCII seeds "12345678901234567890…", 20, 32 and 64 bytes long.
  const seeds = {
    sha1: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
    sha256: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA',
    sha512:
      'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNA',
  } as const
  test.each([
    [59, 'sha1', '94287082'],
    [59, 'sha256', '46119246'],
    [59, 'sha512', '90693936'],
    [1_111_111_109, 'sha1', '07081804'],
    [1_111_111_109, 'sha256', '68084774'],
    [1_111_111_109, 'sha512', '25091201'],
    [1_111_111_111, 'sha1', '14050471'],
    [1_111_111_111, 'sha256', '67062674'],
    [1_111_111_111, 'sha512', '99943326'],
    [1_234_567_890, 'sha1', '89005924'],
    [1_234_567_890, 'sha256', '91819424'],
    [1_234_567_890, 'sha512', '93441116'],
    [2_000_000_000, 'sha1', '69279037'],
    [2_000_000_000, 'sha256', '90698825'],
    [2_000_000_000, 'sha512', '38618901'],
    [20_000_000_000, 'sha1', '65353130'],
    [20_000_000_000, 'sha256', '77737706'],
    [20_000_000_000, 'sha512', '47863826'],
  ] as const)('at %i s with %s it is %s', (seconds, algorithm, code) => {
    const parameters: TotpParameters = { algorithm, digits: 8, periodMs: 30_000 }
    const window = totpWindow(seconds * 1000, parameters)
    expect(totpCode(new Secret(seeds[algorithm]), window, parameters)).toBe(code)
  })
})

describe.runIf(hasProgram('oathtool'))('every window of a day, compared with oathtool', () => {
  const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
  const windowsOfADay = 2_880
  const cases = (['sha1', 'sha256', 'sha512'] as const).flatMap((algorithm) =>
    ([6, 8] as const).map((digits): [string, TotpParameters] => [
      `${algorithm}, ${String(digits)} digits`,
      { algorithm, digits, periodMs: 30_000 },
    ]),
  )
  test.each(cases)('%s', (_name, parameters) => {
    const { algorithm, digits } = parameters
    const expected = execFileSync(
      'oathtool',
      [`--totp=${algorithm}`, '-b', secret, '-d', String(digits), '--now', '2026-11-21 00:00:00 UTC'].concat([
        '-w',
        String(windowsOfADay - 1),
      ]),
      { encoding: 'utf8' },
    )
      .trim()
      .split('\n')
    const first = totpWindow(Date.UTC(2026, 10, 21), parameters)
    const codes = expected.map((_, index) => totpCode(new Secret(secret), first + index, parameters))
    expect(codes).toEqual(expected)
    expect(codes).toHaveLength(windowsOfADay)
    expect(codes.some((code) => code.startsWith('0'))).toBe(true)
  })
})

describe('a time window', () => {
  test('is half a minute of UTC, its first moment included and its last not', () => {
    const start = Date.UTC(2026, 10, 21, 2, 45)
    expect(totpWindow(start)).toBe(totpWindow(start + 29_999))
    expect(totpWindow(start + 30_000)).toBe(totpWindow(start) + 1)
    expect(totpWindow(start - 1)).toBe(totpWindow(start) - 1)
    expect(totpWindow(0)).toBe(0)
  })

  test('is as long as the broker makes it', () => {
    const minute = { ...standardTotp, periodMs: 60_000 }
    expect(totpWindow(59_999, minute)).toBe(0)
    expect(totpWindow(60_000, minute)).toBe(1)
  })

  test('of a minute gives the codes of a minute', () => {
    const minute = { ...standardTotp, periodMs: 60_000 }
    const secret = new Secret('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
    // The code depends on the window's number alone: the same counter, the same code.
    expect(totpCode(secret, 1, minute)).toBe(totpCode(secret, 1))
  })
})

describe('a TOTP secret as people copy it', () => {
  const plain = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
  test.each([
    ['as it is', plain],
    ['in lower case', plain.toLowerCase()],
    ['in groups of four', 'JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP'],
    ['with dashes', 'JBSW-Y3DP-EHPK-3PXP-JBSW-Y3DP-EHPK-3PXP'],
    ['with padding', `${plain}====`],
    ['over two lines, with a tab and a no-break space', `\tJBSWY3DPEHPK3PXP\r\nJBSWY3DPEHPK\u00a03PXP\n`],
  ])('is understood %s', (_how, typed) => {
    expect(normaliseTotpSecret(typed)).toBe(plain)
  })

  test('may be as short as 80 bits, as authenticator apps take it', () => {
    const secret = normaliseTotpSecret('JBSWY3DPEHPK3PXP')
    expect(totpCode(new Secret(secret), 1)).toMatch(/^\d{6}$/)
  })

  test.runIf(hasProgram('oathtool'))(
    'may end in a letter with bits to spare, as authenticator apps and pyotp take it',
    () => {
      const typed = 'JBSWY3DPEHPK3PXPJBSWY3DPE7'
      const expected = execFileSync('oathtool', ['--totp', '-b', typed, '--now', '1970-01-01 00:00:30 UTC'], {
        encoding: 'utf8',
      }).trim()
      expect(totpCode(new Secret(normaliseTotpSecret(typed)), 1)).toBe(expected)
    },
  )

  test.runIf(hasProgram('oathtool')).each([10, 20, 63, 64, 65, 76, 84, 128, 129, 200, 255, 256])(
    'of %i bytes makes the codes that oathtool makes',
    (length) => {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + length) % 256)
      const secret = totpSecretOfBytes(bytes)
      const hex = Buffer.from(bytes).toString('hex')
      const expected = execFileSync('oathtool', ['--totp', hex, '--now', '2026-11-21 02:45:00 UTC'], {
        encoding: 'utf8',
      }).trim()
      expect(totpCode(new Secret(secret), totpWindow(Date.UTC(2026, 10, 21, 2, 45)))).toBe(expected)
      expect(normaliseTotpSecret(secret)).toBe(secret)
    },
  )

  test.each([
    ['a zero-width space', 'JBSW\u200bY3DP EHPK 3PXP'],
    ['soft hyphens', 'JBSW\u00adY3DP\u00adEHPK\u00ad3PXP'],
    ['non-breaking hyphens', 'JBSW\u2011Y3DP\u2011EHPK\u20113PXP'],
    ['a byte order mark and a word joiner', '\ufeffJBSWY3DP\u2060EHPK3PXP'],
    ['marks of direction', '\u202aJBSWY3DPEHPK3PXP\u202c'],
  ])('may have %s in it', (_what, typed) => {
    expect(normaliseTotpSecret(typed)).toBe('JBSWY3DPEHPK3PXP')
  })

  test.each([
    ['a name before it', `TOTP=${plain}`, /“=”/],
    ['padding in the middle', `${plain}=${plain}`, /“=”/],
    ['words', 'my zerodha totp key', /words/],
    ['what stands in examples', 'your-totp-secret-here', /words/],
    ['words of one length', 'this must have been', /words/],
    ['a control character', 'JBSWY3DPEHPK3PXP\u0007', /invisible character U\+0007/],
    ['more than 256 bytes', totpSecretOfBytes(new Uint8Array(256)) + 'AA', /longer than 256 bytes/],
    ['letters that only become some in capitals', 'JBSWY3DPEHPK3PXſ', /“ſ”/],
    ['nothing', '', /empty/],
    ['only spaces', '   ', /empty/],
    ['a code instead of the secret', '123 456', /looks like a code/],
    ['a code of eight digits', '12345678', /looks like a code/],
    ['a one, which base32 does not have', 'JBSWY3DPEHPK3PX1', /“1”.*letters and the digits 2 to 7/],
    ['a zero', 'JBSWY3DPEHPK3PX0', /“0”/],
    ['a sign beyond the first plane, whole', 'JBSWY3DPEHPK3PX😀', /“😀”/u],
    ['too few letters', 'JBSWY3DPEHPK3PX', /too short.*16/],
    ['a letter lost', 'JBSWY3DPEHPK3PXPJ', /cut short/],
    ['less than 80 bits', 'JBSWY3DP', /too short.*16/],
  ])('is refused with a sentence that helps: %s', (_what, typed, sentence) => {
    expect(() => normaliseTotpSecret(typed)).toThrow(TypeError)
    expect(() => normaliseTotpSecret(typed)).toThrow(sentence)
  })

  test('is not repeated in the sentence that refuses it', () => {
    for (const typed of ['JBSWY3DPEHPK3PX1', 'JBSWY3DPEHPK3PX', 'JBSWY3DP'])
      expect(() => normaliseTotpSecret(typed)).not.toThrow(new RegExp('JBSW'))
  })
})
