import { createHash, webcrypto } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { hasProgram } from '../../tests/support/has-program.ts'
import { ask } from '../../tests/support/programs.ts'
import { Secret } from '../core/secret.ts'
import { deriveKey, newSalt, parseSealed, seal, STRONG, unseal, type Sealed } from './sealed-format.ts'

const cheap = { N: 16, r: 8, p: 1 }
const passphrase = new Secret('six words of a dice are enough')
const items = new Map([
  ['main/password', new Secret('pässwörd ₹')],
  ['__proto__', new Secret('a name like any other')],
])

async function sealed(cost = cheap): Promise<{ text: string; key: Buffer }> {
  const salt = newSalt()
  const key = await deriveKey(passphrase, salt, cost)
  return { text: seal(items, key, salt, cost), key }
}

function parsed(text: string): Sealed {
  const read = parseSealed(text)
  if (typeof read === 'string') throw new Error(`it is ${read}`)
  return read
}

/** What a file says to the right passphrase. */
async function opened(text: string): Promise<unknown> {
  const read = parseSealed(text)
  if (typeof read === 'string') return read
  const result = unseal(read, await deriveKey(passphrase, read.salt, read.cost))
  return typeof result === 'string' ? result : reveal(result)
}

const reveal = (map: ReadonlyMap<string, Secret>): [string, string][] =>
  [...map].map(([name, secret]) => [name, secret.reveal()])

/** The file as somebody would leave it who changes it on purpose: with a sum that is right. */
function withSum(text: string): string {
  const lines = text.split('\n').slice(0, 3)
  const sum = createHash('sha256')
    .update(`${lines.join('\n')}\n`)
    .digest('hex')
  return `${[...lines, sum].join('\n')}\n`
}

describe('a sealed file', () => {
  test('opens with its passphrase and has nothing readable in it', async () => {
    const { text } = await sealed()
    expect(await opened(text)).toEqual(reveal(items))
    for (const word of ['main', 'password', 'pässwörd', 'proto']) expect(text).not.toContain(word)
  })

  test('does not open with another', async () => {
    const { text } = await sealed()
    const { salt, cost } = parsed(text)
    const key = await deriveKey(new Secret('six words of a dice are enougH'), salt, cost)
    expect(unseal(parsed(text), key)).toBe('wrong passphrase')
  })

  test('opens with an accent however the keyboard makes it', async () => {
    const salt = newSalt()
    const [one, two] = [new Secret('caf\u00e9 au lait'), new Secret('cafe\u0301 au lait')]
    expect(await deriveKey(one, salt, cheap)).toEqual(await deriveKey(two, salt, cheap))
  })

  test('is another each time, in salt, nonces and all', async () => {
    const [one, two] = [parsed((await sealed()).text), parsed((await sealed()).text)]
    expect(one.salt).not.toEqual(two.salt)
    for (const part of ['check', 'items'] as const) expect(one[part].nonce).not.toEqual(two[part].nonce)
    expect(one.check.nonce).not.toEqual(one.items.nonce)
  })

  test('with any one bit of it changed is called damaged', async () => {
    const { text } = await sealed()
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length; at++) {
      for (const bit of [1, 4, 32]) {
        const changed = Buffer.from(bytes)
        changed[at] = (changed[at] ?? 0) ^ bit
        expect([at, await opened(changed.toString())]).toEqual([at, 'damaged'])
      }
    }
  })

  test('with any part of it missing is called damaged', async () => {
    const { text } = await sealed()
    for (let end = 0; end < text.length; end++)
      expect([end, await opened(text.slice(0, end))]).toEqual([end, 'damaged'])
    expect(await opened(`${text}\n`)).toBe('damaged')
    expect(await opened(`${text}more`)).toBe('damaged')
  })

  test('changed on purpose anywhere, its sum made anew, never opens', async () => {
    const { text } = await sealed()
    const end = text.split('\n').slice(0, 3).join('\n').length
    const seen = new Set<unknown>()
    for (let at = 0; at < end; at++) {
      const changed = Buffer.from(text)
      changed[at] = (changed[at] ?? 0) ^ 1
      const result = await opened(withSum(changed.toString()))
      expect(['damaged', 'wrong passphrase']).toContain(result)
      seen.add(result)
    }
    expect(seen.size).toBe(2)
  })

  test('tells items that were changed from a wrong passphrase', async () => {
    const { text } = await sealed()
    const [header = '', check = '', sealedItems = ''] = text.split('\n')
    const bytes = Buffer.from(sealedItems, 'base64')
    bytes[0] = (bytes[0] ?? 0) ^ 1
    expect(await opened(withSum([header, check, bytes.toString('base64')].join('\n')))).toBe('damaged')
    // Nor can one sealed part stand in the other's place, or another file's in this one's.
    expect(await opened(withSum([header, check, check].join('\n')))).toBe('damaged')
    const { text: other } = await sealed()
    expect(await opened(withSum([header, check, other.split('\n')[2]].join('\n')))).toBe('damaged')
  })

  test('may not ask for more than its reader would give', async () => {
    const { text } = await sealed()
    const asking = (from: string, to: string): unknown => parseSealed(withSum(text.replace(from, to)))
    expect(asking('"N":16', '"N":17')).toBe('damaged')
    expect(asking('"N":16', '"N":2147483648')).toBe('damaged')
    expect(asking('"p":1', '"p":1000')).toBe('damaged')
    expect(asking('"r":8', '"r":-8')).toBe('damaged')
  })

  test('of a later version says so', async () => {
    const { text } = await sealed()
    const newer = text.replace('"version":1', '"version":2')
    expect(parseSealed(newer)).toBe('damaged')
    expect(parseSealed(withSum(newer))).toBe('newer')
  })

  test.runIf(hasProgram('openssl'))(
    'is what others make of scrypt and AES-GCM: openssl and the web’s own cryptography',
    async () => {
      const { text } = await sealed(STRONG)
      const { header, salt, items: part } = parsed(text)
      const options = [
        `hexpass:${Buffer.from(passphrase.reveal()).toString('hex')}`,
        `hexsalt:${salt.toString('hex')}`,
      ]
      const numbers = ['n:131072', 'r:8', 'p:1', 'maxmem_bytes:300000000']
      const kdf = [...options, ...numbers].flatMap((option) => ['-kdfopt', option])
      const printed = await ask('openssl', ['kdf', '-keylen', '32', ...kdf, 'SCRYPT'])
      const raw = Buffer.from((printed ?? '').replaceAll(/[:\s]/g, ''), 'hex')
      const key = await webcrypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt'])
      const additionalData = Buffer.from(`items\n${header}`)
      const parameters = { name: 'AES-GCM', iv: part.nonce, additionalData }
      const plain = await webcrypto.subtle.decrypt(parameters, key, part.sealed)
      expect(JSON.parse(Buffer.from(plain).toString())).toEqual(reveal(items))
    },
  )
})
