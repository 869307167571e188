import { generateSync, generateURI } from 'otplib'
import { describe, expect, test } from 'vitest'
import { inputErrors } from '../../../../tests/support/failure.ts'
import { Random } from '../../../../tests/support/random.ts'
import { totpWindow } from '../../totp/code.ts'
import { totpCode } from '../../totp/generate.ts'
import { nameOf } from './found-secret.ts'
import { parseOtpauth } from './otpauth.ts'

const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const read = (address: string) => {
  const found = parseOtpauth(address)
  return { issuer: found.issuer, label: found.label, secret: found.secret.reveal() }
}
const refusal = async (address: string) => (await inputErrors(() => parseOtpauth(address)))['otpauth']

describe('an otpauth:// address', () => {
  // The examples of https://github.com/google/google-authenticator/wiki/Key-Uri-Format
  test.each([
    [
      'otpauth://totp/Example:alice@google.com?secret=JBSWY3DPEHPK3PXP&issuer=Example',
      { issuer: 'Example', label: 'alice@google.com', secret: 'JBSWY3DPEHPK3PXP' },
    ],
    [
      'otpauth://totp/ACME%20Co:john.doe@email.com?secret=HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ&issuer=ACME%20Co&algorithm=SHA1&digits=6&period=30',
      { issuer: 'ACME Co', label: 'john.doe@email.com', secret: 'HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ' },
    ],
    [
      `otpauth://totp/Provider1:Alice%20Smith?secret=${secret}&issuer=Provider1`,
      { issuer: 'Provider1', label: 'Alice Smith', secret },
    ],
    [
      `otpauth://totp/Big%20Corporation%3A%20alice%40bigco.com?secret=${secret}&issuer=Big%20Corporation`,
      { issuer: 'Big Corporation', label: 'alice@bigco.com', secret },
    ],
    [`otpauth://totp/alice@gmail.com?secret=${secret}`, { issuer: '', label: 'alice@gmail.com', secret }],
    [`otpauth://totp/Zerodha:AB1234?secret=${secret}`, { issuer: 'Zerodha', label: 'AB1234', secret }],
    [`otpauth://totp/?secret=${secret}`, { issuer: '', label: '', secret }],
    [`otpauth://totp?secret=${secret}`, { issuer: '', label: '', secret }],
  ])('gives its issuer, its label and its secret: %s', (address, found) => {
    expect(read(address)).toEqual(found)
  })

  test.each([
    ['with spaces and a line end around it', `  otpauth://totp/a?secret=${secret}\r\n`],
    ['in capitals', `OTPAUTH://TOTP/a?secret=${secret}`],
    ['with a secret in lower case', `otpauth://totp/a?secret=${secret.toLowerCase()}`],
    ['with a secret in groups', `otpauth://totp/a?secret=${secret.replace(/(.{4})(?=.)/g, '$1%20')}`],
    ['with padding', `otpauth://totp/a?secret=${secret}====`],
    ['with padding in percent signs', `otpauth://totp/a?secret=${secret}%3D%3D`],
    [
      'that says the usual in other words',
      `otpauth://totp/a?secret=${secret}&algorithm=hmac-sha-1&digits=06`,
    ],
    [
      'with parameters of others',
      `otpauth://totp/a?image=https%3A%2F%2Fx.example&secret=${secret}&lock=true`,
    ],
  ])('is understood %s', (_how, address) => {
    expect(read(address)).toEqual({ issuer: '', label: 'a', secret })
  })

  test.each([
    ['a colon without an issuer', `otpauth://totp/:me@x.in?secret=${secret}&issuer=ACME`, 'ACME: me@x.in'],
    ['a colon and no issuer anywhere', `otpauth://totp/:me@x.in?secret=${secret}`, 'me@x.in'],
    ['empty parameters', `otpauth://totp/a?secret=${secret}&digits=&period=&algorithm=`, 'a'],
    ['some empty parameters', `otpauth://totp/a?secret=${secret}&digits=6&period=&algorithm=SHA1`, 'a'],
    [
      'the ampersands of a page’s source',
      `otpauth://totp/a?issuer=Zerodha&amp;secret=${secret}`,
      'Zerodha: a',
    ],
    ['capitals alone', `OTPAUTH://TOTP/ZERODHA:AB1234?SECRET=${secret}&ISSUER=ZERODHA`, 'ZERODHA: AB1234'],
    [
      'some parameters in capitals',
      `otpauth://totp/a?Secret=${secret}&Issuer=Zerodha&Digits=6`,
      'Zerodha: a',
    ],
  ])('may have %s', (_what, address, name) => {
    const found = parseOtpauth(address)
    expect([nameOf(found), found.secret.reveal()]).toEqual([name, secret])
  })

  test('keeps a label with a colon that is not the issuer', () => {
    expect(read(`otpauth://totp/a:b?secret=${secret}&issuer=Zerodha`)).toMatchObject({
      issuer: 'Zerodha',
      label: 'a:b',
    })
  })

  test('shows a label in any script, raw or encoded, even badly', () => {
    for (const label of ['ज़ेरोधा ₹😀', encodeURIComponent('ज़ेरोधा ₹😀')]) {
      expect(read(`otpauth://totp/${label}?secret=${secret}`).label).toBe('ज़ेरोधा ₹😀')
    }
    expect(read(`otpauth://totp/50%?secret=${secret}`).label).toBe('50%')
    expect(read(`otpauth://totp/%ff%fe?secret=${secret}`).label).toBe('%ff%fe')
  })

  test('shows no control characters and no endless names', () => {
    const evil = encodeURIComponent('\u001b]0;title\u0007\u001b[2Ja\u202eb\n')
    const { issuer, label } = read(`otpauth://totp/${evil}?secret=${secret}&issuer=${'x'.repeat(500)}`)
    expect(label).toBe(']0;title [2Ja b')
    expect(issuer).toBe(`${'x'.repeat(100)}…`)
  })

  test.each([
    ['for codes that count', `otpauth://hotp/a?secret=${secret}&counter=1`, /HOTP.*TOTP/],
    ['of another kind', `otpauth://steam/a?secret=${secret}`, /totp/],
    ['of no kind', `otpauth:${secret}`, /totp/],
    ['for eight digits', `otpauth://totp/a?secret=${secret}&digits=8`, /6 digits/],
    ['for a minute', `otpauth://totp/a?secret=${secret}&period=60`, /30 seconds/],
    ['for SHA-256', `otpauth://totp/a?secret=${secret}&algorithm=SHA256`, /SHA-1/],
    ['for an algorithm that is none', `otpauth://totp/a?secret=${secret}&algorithm=SHA11`, /SHA-1/],
    ['for a period that is none', `otpauth://totp/a?secret=${secret}&period=NaN`, /30 seconds/],
    ['without a secret', 'otpauth://totp/Zerodha:AB1234?issuer=Zerodha', /no secret.*whole/],
    ['with an empty secret', 'otpauth://totp/a?secret=', /empty/],
    ['with a secret that is none', `otpauth://totp/a?secret=${secret}0`, /“0”/],
    ['cut short in its secret', 'otpauth://totp/a?secret=JBSWY3DP', /too short/],
    [
      'with two secrets, one in capitals',
      `otpauth://totp/a?secret=${secret}&SECRET=${secret}`,
      /two secrets/,
    ],
    ['for eight digits in capitals', `OTPAUTH://TOTP/A?SECRET=${secret}&DIGITS=8`, /6 digits/],
    ['with two secrets', `otpauth://totp/a?secret=${secret}&secret=${secret}`, /two secrets/],
    ['that is another', 'https://example.com/?secret=JBSWY3DPEHPK3PXP', /not an otpauth/],
    ['that is none', 'otpauth', /not an otpauth/],
    ['that is empty', '', /not an otpauth/],
    ['of a megabyte', `otpauth://totp/a?secret=${'A'.repeat(1_000_000)}`, /far longer/],
  ])('is refused %s', async (_how, address, sentence) => {
    const said = await refusal(address)
    expect(said).toMatch(sentence)
    expect(said).not.toMatch(/JBSW/)
  })

  test('that otplib makes of any secret gives the codes of that secret', () => {
    const random = new Random(6238)
    const scripts = ['Zerodha', 'a b', 'A&B=C?', 'ज़ेरोधा', '100%', 'a/b#c', 'me+you@x.in']
    for (let round = 0; round < 300; round++) {
      const made = madeUpSecret(random)
      const issuer = scripts[random.between(0, scripts.length - 1)] ?? ''
      const label = scripts[random.between(0, scripts.length - 1)] ?? ''
      const found = parseOtpauth(generateURI({ issuer, label, secret: made }))
      expect(nameOf(found)).toBe(`${issuer}: ${label}`)
      const epoch = random.between(0, 2_000_000_000)
      expect(totpCode(found.secret, totpWindow(epoch * 1000))).toBe(generateSync({ secret: made, epoch }))
    }
  })
})

/** Of 20 to 60 bytes: otplib makes no codes of shorter ones. */
function madeUpSecret(random: Random): string {
  const letters = Array.from({ length: 8 * random.between(4, 12) }, () => random.between(0, 31))
  return letters.map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(letter)).join('')
}
