import { describe, expect, test } from 'vitest'
import { registry } from '../brokers/registry.ts'
import type { TokenBundle } from '../brokers/broker.ts'
import { Secret } from '../secret.ts'
import { inForm, tokenForms, type CallingAccount } from './token-forms.ts'

/** Returns an account at a broker, whose settings and token have their own names as values. */
function made(brokerId: string): { handle: CallingAccount; token: TokenBundle } {
  const broker = registry.get(brokerId) ?? expect.unreachable()
  const settings = Object.fromEntries(broker.fields.map(({ name }) => [name, `the-${name}`]))
  const fields = [...broker.tokenFields, ...(broker.optionalTokenFields ?? [])]
  const isHost = (field: string): boolean => field === 'base_url' || field === 'host'
  const token = Object.fromEntries(
    fields.map((field) => [field, new Secret(isHost(field) ? 'https://host.example' : `the-${field}`)]),
  )
  return { handle: { account: { settings, endpoints: {} }, broker }, token }
}

const copied = (brokerId: string, form: Parameters<typeof inForm>[0]): Promise<string> => {
  const { handle, token } = made(brokerId)
  return inForm(form, handle, token)
}

describe('Kite Connect', () => {
  test.each([
    ['header', 'Authorization: token the-api_key:the-access_token'],
    ['dotenv', 'KITE_API_KEY=the-api_key\nKITE_ACCESS_TOKEN=the-access_token'],
  ] as const)('as %s', async (form, text) => {
    expect(await copied('kite-connect', form)).toBe(text)
  })

  test('as calls of the profile', async () => {
    expect(await copied('kite-connect', 'curl')).toBe(
      [
        `curl -X GET 'https://api.kite.trade/user/profile' \\`,
        `  -H 'X-Kite-Version: 3' \\`,
        `  -H 'Authorization: token the-api_key:the-access_token'`,
      ].join('\n'),
    )
    const python = await copied('kite-connect', 'python')
    expect(python).toContain('    "https://api.kite.trade/user/profile",')
    expect(python).toContain(
      '    headers={"X-Kite-Version":"3","Authorization":"token the-api_key:the-access_token"},',
    )
    expect(await copied('kite-connect', 'node')).toMatch(
      /^const reply = await fetch\("https:\/\/api\.kite\.trade\/user\/profile", \{\n {2}method: "GET",\n/,
    )
  })
})

describe.each([...registry.keys()])('every form of %s', (brokerId) => {
  test.each(tokenForms.filter((form) => form !== 'raw'))('as %s holds the token', async (form) => {
    const [field] = (registry.get(brokerId) ?? expect.unreachable()).tokenFields
    // Firstock takes its token in the body of its calls.
    if (brokerId === 'firstock' && form === 'header')
      await expect(copied(brokerId, form)).rejects.toThrow('no header')
    else expect(await copied(brokerId, form)).toContain(`the-${field}`)
  })
})

test('a value is quoted for the shell', async () => {
  const { handle, token } = made('upstox')
  const text = await inForm('curl', handle, { ...token, access_token: new Secret("it's") })
  expect(text).toContain(String.raw`-H 'Authorization: Bearer it'\''s'`)
})
