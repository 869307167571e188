import { describe, expect, onTestFinished, test } from 'vitest'
import { listenOnLoopback } from '../../practice/loopback.ts'
import { temporaryDir } from '../../tests/support/child.ts'
import { MemoryKeychain } from '../adapters/memory-keychain.ts'
import { composeServices, type Services } from './services.ts'
import { PracticeHost } from './practice-host.ts'

/** A profile of its own, and hosts that stop with the test. */
async function profile() {
  const { dir, remove } = await temporaryDir()
  onTestFinished(remove)
  const keychain = new MemoryKeychain()
  const start = async (): Promise<{ services: Services; host: PracticeHost }> => {
    const services = await composeServices({ TOKENTRAY_HOME: dir }, { keychain })
    const host = new PracticeHost(services)
    onTestFinished(() => host.stop())
    return { services, host }
  }
  return { start }
}

const isPractising = async (address: string | undefined): Promise<boolean> => {
  const reply = await fetch(`${String(address)}/connect/login?v=3&api_key=practicekey00000`, {
    redirect: 'manual',
  })
  return reply.headers.get('location')?.includes('sess_id') === true
}

describe('a practice account', () => {
  test('is an account like any other, at a broker on this computer that runs', async () => {
    const { services, host } = await (await profile()).start()
    expect(await host.addAccount('kite-connect')).toBe('practice')
    const { account } = services.accounts.open('practice')
    expect(account.termsAcceptedAt).not.toBe(null)
    for (const address of Object.values(account.endpoints))
      expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(await isPractising(account.endpoints['web'])).toBe(true)
  })

  test('leaves to the person what only the person has', async () => {
    const { services, host } = await (await profile()).start()
    expect(await host.addAccount('kotak-trade')).toBe('practice')
    expect(services.accounts.open('practice').account.settings).not.toHaveProperty('access_code')
  })

  test('after the first has the next free name and the same broker', async () => {
    const { services, host } = await (await profile()).start()
    const names = [await host.addAccount('kite-connect'), await host.addAccount('kite-connect')]
    expect(names).toEqual(['practice', 'practice-2'])
    await services.accounts.remove('practice')
    expect(await host.addAccount('kite-connect')).toBe('practice')
    expect(await host.addAccount('kite-connect')).toBe('practice-3')
    const addresses = services.accounts.list.map(({ endpoints }) => endpoints['web'])
    expect(new Set(addresses).size).toBe(1)
  })

  test('asked for twice at once is two, at one broker', async () => {
    const { services, host } = await (await profile()).start()
    const names = await Promise.all([host.addAccount('kite-connect'), host.addAccount('kite-connect')])
    expect(names.sort()).toEqual(['practice', 'practice-2'])
    expect(new Set(services.accounts.list.map(({ endpoints }) => endpoints['web'])).size).toBe(1)
  })

  test('of an unknown broker is refused', async () => {
    const { host } = await (await profile()).start()
    await expect(host.addAccount('other')).rejects.toThrow('other')
  })
})

describe('after a restart', () => {
  test('the practice broker is where it was', async () => {
    const { start } = await profile()
    const first = await start()
    await first.host.addAccount('kite-connect')
    const before = first.services.accounts.open('practice').account.endpoints
    await first.host.stop()
    const { services, host } = await start()
    await host.resume()
    expect(services.accounts.open('practice').account.endpoints).toEqual(before)
    expect(await isPractising(before['web'])).toBe(true)
  })

  test('on a port that is taken the accounts follow the broker, and no others', async () => {
    const { start } = await profile()
    const first = await start()
    await first.host.addAccount('kite-connect')
    const { endpoints: before, settings } = first.services.accounts.open('practice').account
    const values = { ...settings, api_secret: 'x', password: 'x', totp_secret: 'JBSWY3DPEHPK3PXP' }
    const elsewhere = { web: 'http://127.0.0.1:9', api: 'http://127.0.0.1:9' }
    const real = { brokerId: 'kite-connect', values, acceptTerms: true }
    await first.services.accounts.add({ name: 'elsewhere', ...real, endpoints: elsewhere })
    await first.services.accounts.add({ name: 'real', ...real, endpoints: {} })
    await first.host.stop()

    const squatter = await listenOnLoopback(
      (_request, response) => response.end(),
      Number(new URL(before['web'] ?? '').port),
    )
    onTestFinished(() => squatter.close())
    expect(squatter.url).toBe(before['web'])

    const { services, host } = await start()
    await host.resume()
    const { endpoints } = services.accounts.open('practice').account
    expect(endpoints['web']).not.toBe(before['web'])
    expect(endpoints['api']).toBe(before['api'])
    expect(await isPractising(endpoints['web'])).toBe(true)
    expect(services.accounts.open('elsewhere').account.endpoints).toEqual(elsewhere)
    expect(services.accounts.open('real').account.endpoints).toEqual({})
    expect(host.accountsAt('kite-connect').map(({ name }) => name)).toEqual(['practice'])
  })

  test('nothing is started for a profile that never practised', async () => {
    const { services, host } = await (await profile()).start()
    await host.resume()
    expect(services.store.state.practicePorts).toEqual({})
  })
})

test('a broker that runs is not started again', async () => {
  const { host } = await (await profile()).start()
  const [one, two] = [await host.start('kite-connect'), await host.start('kite-connect')]
  expect(two).toBe(one)
})

test('a broker that is asked for twice at once is started once, and stops with the host', async () => {
  const { host } = await (await profile()).start()
  const [one, two] = await Promise.all([host.start('kite-connect'), host.start('kite-connect')])
  await host.stop()
  expect(two.endpoints).toEqual(one.endpoints)
  await expect(isPractising(one.endpoints['web'])).rejects.toThrow('fetch failed')
})
