import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { registry } from '../electron/core/brokers/registry.ts'
import { practiceBrokerIds, startPracticeBroker, type RunningPractice } from '../practice/start.ts'
import { App } from './support/app.ts'
import { eventually } from './support/eventually.ts'
import { HASTE, tokenOf } from './support/every-broker.ts'
import { photographPage } from './support/photograph.ts'
import { Profile } from './support/profile.ts'
import { readyCard } from './support/ready.ts'
import { pasted } from './support/screen.ts'
import { TrayWatcher } from './support/tray-watcher.ts'

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
      await readyCard(popover, id)
        .waitFor()
        .catch(async (cause: unknown) => {
          const card = await popover.getByRole('listitem', { name: new RegExp(`^${id} `) }).innerText()
          throw new Error(`It shows:\n${card}\n${await profile.cli.mustRun('doctor', id)}`, { cause })
        })
    }
    expect(practices.map(({ loginsCompleted }) => loginsCompleted)).toEqual(practices.map(() => 1))
    await photographPage(popover, 'every-broker')
  })

  test.for(practiceBrokerIds)('copies the token of %s that the command line prints', async (id) => {
    const token = await profile.cli.mustRun('token', id)
    const copy = (await app.popover()).getByRole('button', { name: `Copy token of ${id}` })
    // A plain click would hide the popover.
    await copy.click({ modifiers: ['Shift'] })
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
