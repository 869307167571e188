import { describe, expect, test } from 'vitest'
import { exportAddress } from '../../../../tests/support/authenticator-export.ts'
import { inputErrors } from '../../../../tests/support/failure.ts'
import { nameOf } from './found-secret.ts'
import { readSecrets } from './secrets-in-text.ts'

const S = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const S2 = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const address = `otpauth://totp/Zerodha:AB1234?secret=${S}&issuer=Zerodha`

const read = (text: string) =>
  (readSecrets(text)?.secrets ?? []).map((found) => [nameOf(found), found.secret.reveal()])
const refusal = async (text: string) =>
  Object.entries(await inputErrors(() => readSecrets(text)))
    .flat()
    .join(' ')

describe('a secret is recognised before it is tidied', () => {
  test.each([
    ['below a heading', `Zerodha\n${S}`, [['Zerodha', S]]],
    ['below a heading of capitals', `ZERODHA:\n${S}`, [['ZERODHA', S]]],
    ['behind a name', `TOTP=${S}`, [['TOTP', S]]],
    [
      'behind a name, in quotes and groups',
      `totp_key: "jbsw y3dp ehpk 3pxp"`,
      [['totp_key', S.slice(0, 16)]],
    ],
    [
      'two of them',
      `${S}\n${S2}`,
      [
        ['without a name', S],
        ['without a name', S2],
      ],
    ],
    [
      'two of them below headings',
      `Zerodha\n${S}\nUpstox\n${S2}\n`,
      [
        ['Zerodha', S],
        ['Upstox', S2],
      ],
    ],
    ['with an invisible character', S.replace('W', 'W\u200b'), [['without a name', S]]],
    ['with soft hyphens', S.replace('W', 'W\u00ad'), [['without a name', S]]],
    [
      'in groups with non-breaking hyphens',
      'JBSW\u2011Y3DP\u2011EHPK\u20113PXP',
      [['without a name', S.slice(0, 16)]],
    ],
    ['over lines of which none is one', `JBSWY3DPEHPK\n3PXPJBSWY3DP`, [['without a name', S.slice(0, 24)]]],
    ['begun with a capital by a phone', 'Jbswy3dpehpk3pxp', [['without a name', S.slice(0, 16)]]],
    ['with padding', `${S}====`, [['without a name', S]]],
  ])('%s', (_how, text, found) => {
    expect(read(text)).toEqual(found)
  })

  test.each([
    ['words', 'my zerodha totp key'],
    ['words of one length', 'this must have been'],
    ['a heading on the same line', `Zerodha ${S}`],
    ['two on one line', `${S} ${S2}`],
    ['a name in camel case', 'MyZerodhaTotpSecretKey'],
    ['padding in the middle', `${S}=${S2}`],
    ['a password behind its name', 'password: abcdefghijklmnop'],
    ['prose with a long word in it', 'a\nb\nc\nd\ne\ninternationalisation'],
  ])('and is not seen in %s', (_what, text) => {
    expect(readSecrets(text)).toBeNull()
  })

  test('and a line that may belong to it is not guessed at', async () => {
    for (const text of ['JBSWY3DPEHPK3PXPJBSW\nY3DPEHPK3PXP', `Zerodha\n${S}\nANGEL`])
      expect(await refusal(text)).toMatch(/^import stopped: a line below.*empty line/)
    expect(read(`${S}\n\nANGEL`)).toEqual([['without a name', S]])
  })

  test('and no line that may be a password becomes its name', () => {
    expect(read(`hunter2\n${S}`)).toEqual([['without a name', S]])
  })
})

describe('an address is found', () => {
  const json = JSON.stringify(address)
  test.each([
    ['behind the word of zbarimg', `QR-Code:${address}`],
    ['in quotes', `"${address}"`],
    ['behind words', `My code: ${address}, keep it`],
    ['in a page', `<pre>${address.replace('&', '&amp;')}</pre>`],
    ['in JSON', `{"login_totp":${json}}`],
    ['in JSON that is not whole', `  "totp": ${json.replaceAll('/', '\\/').replace('&', '\\u0026')},`],
    ['in XML', `<?xml version="1.0"?>\n<Value>${address.replace('&', '&amp;')}</Value>`],
    ['in the address of a picture', `https://chart.example/?cht=qr&chl=${encodeURIComponent(address)}&chs=9`],
    ['in a mail that is quoted', `> Hello,\n> ${address}\n> Bye`],
    ['in a sentence that ends', `It is (${address}).`],
    ['in Markdown', `- [scan](${address})`],
    ['with a space in its label', address.replace(':AB', ': AB')],
    ['with its secret in groups', address.replace(S, S.replace(/(.{4})(?=.)/g, '$1 '))],
    ['in quoted-printable', address.replaceAll('=', '=3D').replace('EHPK', 'EH=\nPK')],
  ])('%s', (_where, text) => {
    expect(read(text)).toEqual([['Zerodha: AB1234', S]])
  })

  test('several of them on one line', () => {
    expect(read(`${address},otpauth://totp/Upstox:me?secret=${S2},x`)).toEqual([
      ['Zerodha: AB1234', S],
      ['Upstox: me', S2],
    ])
  })

  test.each([
    [
      'behind its secret is more',
      `otpauth://totp/Zerodha:AB1234?secret=JBSWY3DPEHPK3PXPJBSW\nY3DPEHPK3PXP&issuer=Zerodha`,
    ],
    ['in its label', `otpauth://totp/Zero\ndha:AB1234?secret=${S}`],
    ['behind a sign that ends nothing', `otpauth://totp/Zerodha:AB1234?issuer=Zerodha&secret=\n${S}`],
    ['early in its secret', `otpauth://totp/Zerodha:AB1234?issuer=Zerodha&secret=JBSW\n${S.slice(4)}`],
    [
      'where its secret can’t end',
      `otpauth://totp/Zerodha:AB1234?issuer=Zerodha&secret=${S.slice(0, 17)}\n${S.slice(17)}`,
    ],
    [
      'in a mail that is quoted',
      `> otpauth://totp/Zerodha:AB1234?secret=${S.slice(0, 20)}\n> ${S.slice(20)}&issuer=Zerodha`,
    ],
    ['in quotes', `"otpauth://totp/Zerodha:AB1234?issuer=Zerodha&secret=${S.slice(0, 20)}\n${S.slice(20)}"`],
  ])('and put together where it was folded: %s', (_where, text) => {
    expect(read(text)).toEqual([['Zerodha: AB1234', S]])
  })

  test.each([
    ['line', `otpauth://totp/Zerodha:AB1234?issuer=Zerodha&secret=JBSWY3DPEHPK3PXPJBSW\nY3DPEHPK3PXP`],
    [
      'line of a mail',
      `> otpauth://totp/Zerodha:AB1234?issuer=Zerodha&secret=JBSWY3DPEHPK3PXPJBSW\n> Y3DPEHPK3PXP`,
    ],
    [
      'line, and one more',
      `otpauth://totp/x?secret=${S.slice(0, 16)}\n${S.slice(16, 24)}\n${S.slice(24)}\nthat was it`,
    ],
    ['word', `otpauth://totp/x?secret=${S.slice(0, 16)} ${S.slice(16)}`],
  ])('but not guessed at where the next %s may belong to it', async (_what, text) => {
    expect(await refusal(text)).toMatch(/^otpauth is followed by.*one line/)
  })

  test('with a heading or a remark behind it', () => {
    for (const behind of ['Upstox', 'AB1234', 'that was it', '\nUPSTOX', '# mine', ''])
      expect(read(`otpauth://totp/Zerodha:AB1234?secret=${S}\n${behind}`)).toEqual([['Zerodha: AB1234', S]])
  })

  test('of an export that was folded', () => {
    const accounts = ['a', 'b', 'c'].map((name) => ({ secret: Buffer.from('12345678901234567890'), name }))
    const whole = exportAddress(accounts)
    for (const width of [40, 64, 80]) {
      const folded = whole.replace(new RegExp(`.{${width}}`, 'g'), '$&\n')
      expect(read(folded).map(([name]) => name)).toEqual(['a', 'b', 'c'])
    }
    expect(read(`${whole}\nUpstox`)).toHaveLength(3)
  })
})

describe('an export is read', () => {
  const entry = { issuer: 'Zerodha', secret: S, algorithm: 'SHA1', digits: 6, period: 30 }
  const csv = (...rows: string[][]) =>
    rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n')
  test.each([
    [
      'of Aegis',
      {
        version: 1,
        header: { slots: null, params: null },
        db: {
          version: 3,
          entries: [
            {
              ...{
                type: 'totp',
                uuid: 'u',
                name: 'AB1234',
                issuer: 'Zerodha',
                note: '',
                icon: null,
                favorite: false,
              },
              info: { secret: S, algo: 'SHA1', digits: 6, period: 30 },
            },
          ],
          groups: [],
        },
      },
    ],
    [
      'of 2FAS',
      {
        services: [
          {
            name: 'Kite',
            secret: S,
            otp: {
              ...{ label: 'Zerodha:AB1234', account: 'AB1234', issuer: 'Zerodha', digits: 6, period: 30 },
              ...{ algorithm: 'SHA1', tokenType: 'TOTP', counter: 0, source: 'Link' },
            },
            order: { position: 0 },
          },
        ],
        schemaVersion: 4,
        groups: [],
      },
    ],
    [
      'of andOTP',
      [{ ...entry, label: 'AB1234', type: 'TOTP', thumbnail: 'Default', last_used: 0, tags: [] }],
    ],
    ['of Raivo', [{ ...entry, account: 'AB1234', kind: 'TOTP', digits: '6', timer: '30', counter: '0' }]],
    [
      'of Bitwarden',
      {
        encrypted: false,
        folders: [],
        items: [
          { type: 2, name: 'a note', secureNote: {} },
          { type: 1, name: 'no code', login: { username: 'x', password: 'hunter2', totp: null } },
          { type: 1, name: 'Zerodha', login: { username: 'AB1234', password: 'hunter2', totp: S } },
        ],
      },
    ],
    [
      'of Proton Pass',
      {
        encrypted: false,
        vaults: { v: { items: [{ data: { content: { itemUsername: 'x', totpUri: address } } }] } },
      },
    ],
    [
      'of Proton Authenticator',
      { version: 1, entries: [{ id: 'i', content: { uri: address, entry_type: 'Totp' } }] },
    ],
    ['of 1Password', { accounts: [{ vaults: [{ items: [{ fields: [{ value: { totp: address } }] }] }] }] }],
  ])('%s, as JSON', (_whose, json) => {
    expect(read(JSON.stringify(json, null, 2))).toEqual([['Zerodha: AB1234', S]])
  })

  test.each([
    [
      'Bitwarden',
      csv(
        ['folder', 'favorite', 'type', 'name', 'notes', 'login_username', 'login_password', 'login_totp'],
        ['', '', 'login', 'no code', 'two\nlines, "quoted"', 'x', 'hunter2', ''],
        ['', '', 'login', 'Zerodha', '', 'AB1234', 'hunter2', S],
      ),
    ],
    [
      'Apple',
      `Title,URL,Username,Password,Notes,OTPAuth\nZerodha,https://x.example,AB1234,hunter2,,${address}\n`,
    ],
    [
      'KeePassXC',
      csv(
        ['Group', 'Title', 'Username', 'Password', 'URL', 'Notes', 'TOTP', 'Icon'],
        ['Root', 'Kite', 'AB1234', 'hunter2', '', '', address, '0'],
      ),
    ],
    ['1Password', `Title,Url,Username,Password,OTPAuth,Tags\r\nKite,,AB1234,hunter2,${address},\r\n`],
  ])('of %s, as CSV', (_whose, text) => {
    expect(read(text)).toEqual([['Zerodha: AB1234', S]])
  })

  test('and an entry that can’t be used is named, and takes no other along', () => {
    const bad = [
      { ...entry, label: 'steam', type: 'STEAM' },
      { ...entry, label: 'counts', type: 'HOTP' },
      { ...entry, label: 'eight', type: 'TOTP', digits: 8 },
      { ...entry, label: 'broken', type: 'TOTP', secret: '1' },
      { ...entry, label: 'endless', type: 'TOTP', secret: 'JBSWY3DP'.repeat(60) },
      'no entry at all',
    ]
    const found = readSecrets(JSON.stringify([...bad, { ...entry, label: 'AB1234', type: 'TOTP' }]))
    expect(found?.secrets.map(nameOf)).toEqual(['Zerodha: AB1234'])
    expect(found?.leftOut.map(({ name }) => name)).toEqual([
      ...[
        'Zerodha: steam',
        'Zerodha: counts',
        'Zerodha: eight',
        'Zerodha: broken',
        'Zerodha: endless',
        'entry 6',
      ],
    ])
    expect(JSON.stringify(found?.leftOut)).not.toContain('JBSW')
  })

  test('and a list of addresses names what it leaves out', () => {
    const list = [
      `otpauth://hotp/Game:me?secret=${S}&counter=1`,
      `otpauth://steam/Steam:me?secret=${S}`,
      `otpauth://totp/Bank:me?secret=${S}&digits=8`,
      `otpauth://totp/Long:me?secret=${'JBSWY3DP'.repeat(60)}`,
      `otpauth://totp/?secret=1`,
      address,
    ]
    const found = readSecrets(list.join('\n'))
    expect(found?.secrets.map(nameOf)).toEqual(['Zerodha: AB1234'])
    expect(found?.leftOut.map(({ name }) => name)).toEqual([
      ...['Game: me', 'Steam: me', 'Bank: me', 'Long: me', 'address 5'],
    ])
  })

  test.each([
    ['Aegis', { version: 1, header: { slots: [{}], params: {} }, db: 'base64' }, /Aegis.*Encrypt the vault/],
    ['2FAS', { services: [], servicesEncrypted: 'a:b:c', schemaVersion: 4 }, /2FAS.*without a password/],
    ['Bitwarden', { encrypted: true, passwordProtected: true, data: '2.x' }, /Bitwarden.*not encrypted/],
    ['Ente', { version: 1, kdfParams: {}, encryptedData: 'x', encryptionNonce: 'x' }, /Ente.*plain text/],
    ['Proton', { version: 1, salt: 'x', content: 'x' }, /Proton.*without a password/],
  ])('and one of %s that is encrypted says how to make one that is not', async (_whose, json, sentence) => {
    expect(await refusal(JSON.stringify(json))).toMatch(sentence)
  })
})
