import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, test } from 'vitest'
import { inputErrors } from '../../../tests/support/failure.ts'
import { FakeTerminal } from '../../../tests/support/fake-terminal.ts'
import { MemoryKeychain } from '../../adapters/memory-keychain.ts'
import { composeServices, type Services } from '../../services/services.ts'
import { dayAfter, dayOf, isWeekend } from '../../core/time/ist.ts'
import { morningRunActions } from './actions.ts'

const clean: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const undo of clean.splice(0)) await undo()
})

/** A profile with two accounts, in which commands are called. */
async function profile() {
  const home = await mkdtemp(path.join(tmpdir(), 'tokentray-schedule-'))
  clean.push(() => rm(home, { recursive: true }))
  const keychain = new MemoryKeychain()
  const open = (): Promise<Services> => composeServices({ TOKENTRAY_HOME: home }, { keychain })
  const services = await open()
  for (const name of ['one', 'two']) {
    const values = {
      user_id: 'AB1234',
      password: 'a password',
      api_key: 'key',
      api_secret: 'secret',
      totp_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    }
    await services.accounts.add({ name, brokerId: 'kite-connect', values, endpoints: {}, acceptTerms: true })
  }
  /** Runs a command in a process of its own, as it were. */
  async function call(line: string, ...typed: string[]) {
    const [action = '', ...args] = line.split(' ')
    const io = new FakeTerminal(true)
    const ask = io.askSecret.bind(io)
    io.askSecret = (question) => {
      const answer = ask(question)
      io.type(typed.shift() ?? '')
      return answer
    }
    const passphrases = {
      given: () => Promise.resolve(null),
      get: () => Promise.resolve(null),
      stopAsking: () => undefined,
    }
    const exitCode = await morningRunActions.get(action)?.run({ io, args, services: open, passphrases })
    return { exitCode, printed: io.printed, notes: io.notes }
  }
  const settings = async () => (await open()).store.state.settings
  return { call, home, keychain, settings }
}

async function serve(status: number): Promise<{ url: string; bodies: string[] }> {
  const bodies: string[] = []
  const server: Server = createServer((request, response) => {
    void text(request).then((body) => {
      bodies.push(body)
      response.writeHead(status).end()
    })
  })
  clean.push(() => new Promise((resolve) => server.close(resolve)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { url: `http://127.0.0.1:${address.port}/a-secret-path`, bodies }
}

const nextYear = new Date().getUTCFullYear() + 1

describe('tokentray schedule', () => {
  test('status tells the next login, of all and of each account', async () => {
    const { call } = await profile()
    const { exitCode, printed } = await call('status')
    expect(exitCode).toBe(0)
    expect(printed).toHaveLength(3)
    expect(printed[0]).toMatch(/^next login (today|tomorrow|\w{3} \d+ \w+) \d\d:\d\d/)
    expect(printed[1]).toMatch(/^one: next login /)
  })

  test('status tells programs the same', async () => {
    const { call } = await profile()
    await call('skip two')
    const report: unknown = JSON.parse((await call('status --json')).printed.join(''))
    expect(report).toMatchObject({
      on: true,
      at: '08:15',
      paused_until: null,
      next_run: expect.stringMatching(/^\d{4}-.*Z$/),
      accounts: [
        { name: 'one', today: null, skipped: false },
        { name: 'two', today: null, skipped: true, next_run: null },
      ],
    })
  })

  test('pause lasts to the end of the day in India, or to a date, and resume ends it', async () => {
    const { call, settings } = await profile()
    const before = Date.now()
    expect((await call('pause')).printed[0]).toMatch(/^paused until (tomorrow|\w{3} \d)/)
    const { pausedUntil } = (await settings()).schedule
    expect(dayOf(pausedUntil ?? 0)).toBe(dayAfter(dayOf(before)))
    expect(new Date(pausedUntil ?? 0).toISOString()).toContain('T18:30:00.000Z')

    await call(`pause --until ${nextYear}-12-28`)
    expect((await settings()).schedule.pausedUntil).toBe(Date.parse(`${nextYear}-12-28T00:00:00+05:30`))

    expect((await call('resume')).printed[0]).toMatch(/^next login/)
    expect((await settings()).schedule.pausedUntil).toBeNull()
  })

  test.each(['2020-01-01', 'tomorrow', `${nextYear}-02-30`])('pause does not take %s', async (until) => {
    const { call, settings } = await profile()
    expect(await inputErrors(() => call(`pause --until ${until}`))).toHaveProperty('until')
    expect((await settings()).schedule.pausedUntil).toBeNull()
  })

  test('at sets the time for all, or for one until it is taken back', async () => {
    const { call, settings } = await profile()
    await call('at 08:30')
    await call('at one 07:45')
    await call('skip one')
    expect((await settings()).schedule).toMatchObject({ at: '08:30', times: { one: '07:45' } })
    await call('at one default')
    expect((await settings()).schedule.times).toEqual({})
  })

  test.each(['at 8:30', 'at 24:00', 'at default', 'at one soon'])('%s is no time', async (line) => {
    const { call, settings } = await profile()
    const before = (await settings()).schedule
    expect(await inputErrors(() => call(line))).toHaveProperty('HH:MM')
    expect((await settings()).schedule).toEqual(before)
  })

  test('skip leaves one account out until unskip', async () => {
    const { call, settings } = await profile()
    await call('skip one')
    await call('skip one')
    expect((await settings()).schedule.skipped).toEqual(['one'])
    expect((await call('status')).printed[1]).toBe('one: skipped')
    await call('unskip one')
    expect((await settings()).schedule.skipped).toEqual([])
    expect(await inputErrors(() => call('skip nobody'))).toHaveProperty('name')
  })

  test('skip leaves one account out for the rest of today alone', async () => {
    const { call, settings } = await profile()
    const today = dayOf(Date.now())
    expect((await call('skip one --today')).printed[0]).toMatch(/^one: skipped today; next login /)
    expect((await settings()).schedule).toMatchObject({ skipped: [], skippedOn: { one: today } })
    expect((await call('status')).printed[1]).toMatch(/^one: next login (?!today)/)
    await call('unskip one')
    expect((await settings()).schedule.skippedOn).toEqual({})
  })

  test('day closes a day, opens it, and takes that back', async () => {
    const { call, settings } = await profile()
    let day = `${nextYear}-06-01`
    while (isWeekend(day)) day = dayAfter(day)
    await call(`day ${day} closed`)
    expect((await settings()).schedule).toMatchObject({ extraClosed: [day], extraOpen: [] })
    await call(`day ${day} open`)
    expect((await settings()).schedule).toMatchObject({ extraClosed: [], extraOpen: [day] })
    await call(`day ${day} usual`)
    expect((await settings()).schedule).toMatchObject({ extraClosed: [], extraOpen: [] })
    expect(await inputErrors(() => call('day 2027-02-30 closed'))).toHaveProperty('DATE')
    expect(await inputErrors(() => call(`day ${day} half`))).toHaveProperty('half')
  })
})

describe('a webhook', () => {
  test('is kept in the keychain and nowhere else, tried, and forgotten', async () => {
    const { call, home, keychain, settings } = await profile()
    const { bodies, url } = await serve(200)
    const { exitCode, notes, printed } = await call('webhook', url)
    expect(exitCode).toBe(0)
    expect(bodies).toHaveLength(1)
    expect(JSON.stringify([notes, printed])).not.toContain('a-secret-path')
    expect(await readFile(path.join(home, 'state.json'), 'utf8')).not.toContain('a-secret-path')
    expect((await keychain.get('settings/webhook-url'))?.reveal()).toBe(url)
    expect((await settings()).outgoing).toMatchObject({ webhook: true, telegram: false })

    await call('webhook --off')
    expect(await keychain.get('settings/webhook-url')).toBeNull()
    expect((await settings()).outgoing.webhook).toBe(false)
  })

  test('that does not answer well is kept all the same, and that is said', async () => {
    const { call, settings } = await profile()
    const { url } = await serve(500)
    const { exitCode, notes } = await call('webhook', url)
    expect(exitCode).toBe(4)
    expect(notes).toEqual(['The webhook answered with status 500.'])
    expect((await settings()).outgoing.webhook).toBe(true)
  })

  test('that is no safe address is refused', async () => {
    const { call, settings } = await profile()
    expect(await inputErrors(() => call('webhook', 'http://example.com/'))).toHaveProperty('webhook')
    expect((await settings()).outgoing.webhook).toBe(false)
  })
})

test('a Telegram bot that can’t be is refused before anything is stored', async () => {
  const { call, keychain, settings } = await profile()
  expect(await inputErrors(() => call('telegram', 'no token', '1'))).toHaveProperty('token')
  expect(await keychain.get('settings/telegram-token')).toBeNull()
  expect((await settings()).outgoing.telegram).toBe(false)
})
