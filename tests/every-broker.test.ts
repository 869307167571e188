import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { registry } from '../electron/core/brokers/registry.ts'
import { practiceBrokerIds, startPracticeBroker, type RunningPractice } from '../practice/start.ts'
import { App } from './support/app.ts'
import { test as cliTest } from './support/cli-test.ts'
import { eventually } from './support/eventually.ts'
import { photographPage } from './support/photograph.ts'
import { Profile } from './support/profile.ts'
import { readyCard } from './support/ready.ts'
import { pasted } from './support/screen.ts'
import { TrayWatcher } from './support/tray-watcher.ts'

/** The shortest pause between requests, for brokers with that option, ms. */
const HASTE = { delay_ms: '100' }

/** Returns an account's token as a script gets it, by the broker's field names. */
async function tokenOf(profile: Profile, name: string): Promise<Record<string, string>> {
  const json = await profile.cli.mustRun('token', name, '--format', 'json')
  return z.record(z.string(), z.string()).parse(JSON.parse(json))
}

test('every broker can be practised with', () => {
  expect([...practiceBrokerIds].sort()).toEqual([...registry.keys()].sort())
})

describe.concurrent('the command line', () => {
  cliTest.for(practiceBrokerIds)(
    'logs in at %s, hands its token out and logs out',
    async (id, { profile, onTestFinished }) => {
      const broker = registry.get(id) ?? expect.unreachable()
      const practice = await startPracticeBroker(id)
      onTestFinished(() => practice.stop())
      await profile.addAccount(id, practice, HASTE)

      expect(await profile.cli.mustRun('login', id)).toMatch(`${id}: ready`)
      expect(await profile.cli.mustRun('status', id)).toMatch(`${id}: ready`)
      const token = await tokenOf(profile, id)
      expect(Object.keys(token)).toEqual(Object.keys(broker.exports))
      expect(practice.accepts(token)).toBe(true)

      const again: unknown = JSON.parse(await profile.cli.mustRun('login', id, '--json'))
      expect(again).toEqual({ accounts: [{ name: id, result: 'kept' }] })
      expect(await tokenOf(profile, id)).toEqual(token)
      expect(practice.loginsCompleted).toBe(1)

      const words = await profile.cli.mustRun('logout', id)
      expect(words).toContain(broker.revoke === null ? 'forgotten here' : 'revoked')
      expect(await profile.cli.mustRun('status', id)).toBe(`${id}: no token yet`)
      expect(practice.accepts(token)).toBe(broker.revoke === null)
    },
  )
})

describe('the tray app with an account at every broker', () => {
  let watcher: TrayWatcher
  let practices: RunningPractice[]
  let profile: Profile
  let app: App

  beforeAll(async () => {
    watcher = await TrayWatcher.start()
    practices = await Promise.all(practiceBrokerIds.map((id) => startPracticeBroker(id)))
    profile = await Profile.create()
    for (const practice of practices) await profile.addAccount(practice.brokerId, practice, HASTE)
    app = await App.start(profile)
    await (await watcher.itemOf(app.pid)).press('Open')
  })

  afterAll(async () => {
    await app.quit()
    await profile.remove()
    await Promise.all(practices.map((practice) => practice.stop()))
    watcher.stop()
  })

  test('logs each in by its own button', async () => {
    const popover = await app.popover()
    for (const id of practiceBrokerIds) {
      await popover.getByRole('button', { name: `Log in ${id}`, exact: true }).click()
    }
    for (const id of practiceBrokerIds) {
      await readyCard(popover, id).waitFor()
    }
    expect(practices.map(({ loginsCompleted }) => loginsCompleted)).toEqual(practices.map(() => 1))
    await photographPage(popover, 'every-broker')
  })

  test.for(practiceBrokerIds)('copies the token of %s that the command line prints', async (id) => {
    const token = await profile.cli.mustRun('token', id)
    await (await app.popover()).getByRole('button', { name: `Copy token of ${id}` }).click()
    await eventually(pasted).toBe(token)
    const practice = practices.find(({ brokerId }) => brokerId === id)
    expect(practice?.accepts(await tokenOf(profile, id))).toBe(true)
  })

  test('shows a code at the brokers that take one, and nowhere else', async () => {
    const popover = await app.popover()
    for (const { id, fields } of registry.values()) {
      const code = popover.getByRole('listitem', { name: new RegExp(`^${id} `) }).getByRole('button', {
        name: /^Copy (next )?code/,
      })
      expect(await code.count()).toBe(fields.some(({ kind }) => kind === 'totp') ? 1 : 0)
    }
  })
})
