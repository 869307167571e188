import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { istTime } from '../electron/contract/words.ts'
import { dayAfter, dayOf, startOf } from '../electron/core/time/ist.ts'
import type { ScheduleSettings } from '../electron/core/state/schedule-settings.ts'
import { startKiteConnect, type KiteConnectPractice } from '../practice/kite-connect.ts'
import { App, closes } from './support/app.ts'
import { eventually } from './support/eventually.ts'
import { filesBelow } from './support/hiding-places.ts'
import { openPopover } from './support/keyboard.ts'
import { Outside } from './support/outside.ts'
import { Profile } from './support/profile.ts'
import type { TrayItem } from './support/tray-item.ts'
import { TrayWatcher } from './support/tray-watcher.ts'

const moment = z.string().transform(Date.parse)
const Status = z.object({
  next_run: moment,
  accounts: z.array(z.object({ name: z.string(), next_run: moment })),
})

describe('the schedule in the tray app', () => {
  let watcher: TrayWatcher
  let brokers: KiteConnectPractice[]
  let profile: Profile
  let app: App
  let icon: TrayItem
  let popover: Page

  beforeAll(async () => {
    watcher = await TrayWatcher.start()
    profile = await Profile.create()
    brokers = await Promise.all(
      ['AA0001', 'BB0002'].map((user_id) => startKiteConnect({ credentials: { user_id } })),
    )
    for (const [index, broker] of brokers.entries()) {
      await profile.addAccount(index === 0 ? 'main' : 'other', broker)
    }
    app = await App.start(profile)
    icon = await watcher.itemOf(app.pid)
    await icon.press('Open')
    popover = await app.popover()
  })

  afterAll(async () => {
    await app.quit()
    await profile.remove()
    await Promise.all(brokers.map((broker) => broker.stop()))
    watcher.stop()
  })

  const line = (): Promise<string> =>
    popover
      .getByRole('region', { name: 'Morning run' })
      .getByRole('paragraph')
      .filter({ hasText: /^(Next login|Paused|Morning login)/ })
      .innerText()
  const schedule = async (): Promise<ScheduleSettings> => (await profile.state()).settings.schedule
  const focused = (page: Page): Promise<string> =>
    page.evaluate(() => document.activeElement?.textContent ?? '')

  /** Returns the status that the command line prints. */
  async function status(): Promise<z.infer<typeof Status>> {
    const report: unknown = JSON.parse(await profile.cli.mustRun('schedule', 'status', '--json'))
    return Status.parse(report)
  }

  /** Returns the day in India of the next run. */
  const nextDay = async (): Promise<string> => dayOf((await status()).next_run)

  async function openForm(account: string): Promise<Page> {
    const card = popover.getByRole('listitem', { name: new RegExp(`^${account} `) })
    await card.getByRole('button', { name: `More for ${account}` }).click()
    await popover.getByRole('menuitem', { name: 'Edit…' }).click()
    return app.accountForm()
  }

  /** Saves with the keyboard, and without a login. */
  async function saveUntested(form: Page): Promise<void> {
    await form.getByRole('button', { name: 'Save without testing' }).focus()
    await closes(form, () => form.keyboard.press('Enter'))
  }

  async function openSettings(): Promise<Page> {
    await icon.press('Settings…')
    const settings = await app.settings()
    await settings.getByRole('heading', { name: 'Mornings' }).waitFor()
    return settings
  }

  test('is told in the popover and in the tray menu', async () => {
    await eventually(line).toMatch(/^Next login (today|tomorrow|\w{3} \d{1,2} \w{3}) \d\d:\d\d( IST)?$/)
    const labels = async () => (await icon.menu()).map(({ label }) => label)
    await eventually(labels).toContain(await line())
  })

  test('is paused for today and taken up again with the keyboard, and the focus stays', async () => {
    await popover.getByRole('button', { name: 'Pause…' }).focus()
    await popover.keyboard.press('Enter')
    await eventually(() => focused(popover)).toBe('Today')
    await popover.keyboard.press('Enter')
    await eventually(line).toMatch(/^Paused until /)
    expect((await schedule()).pausedUntil).toBe(startOf(dayAfter(dayOf(Date.now()))))
    await eventually(() => focused(popover)).toBe('Resume')
    await popover.keyboard.press('Enter')
    await eventually(line).toMatch(/^Next login /)
    expect((await schedule()).pausedUntil).toBeNull()
    await eventually(() => focused(popover)).toBe('Pause…')
  })

  test('is paused until a day, and taken up again from the tray menu', async () => {
    const day = dayOf(Date.now() + 10 * 24 * 60 * 60_000)
    await popover.getByRole('button', { name: 'Pause…' }).click()
    await popover.getByRole('button', { name: 'Date…' }).click()
    await popover.getByLabel('First day with a run again').fill(dayOf(Date.now()))
    const pause = popover.getByRole('form').getByRole('button', { name: 'Pause', exact: true })
    expect(await pause.isEnabled()).toBe(false)
    await popover.getByLabel('First day with a run again').fill(day)
    await pause.click()
    await eventually(async () => (await schedule()).pausedUntil).toBe(startOf(day))
    await eventually(line).toMatch(/^Paused until \w{3} \d/)
    await icon.press('Resume')
    await eventually(line).toMatch(/^Next login /)
    expect((await schedule()).pausedUntil).toBeNull()
  })

  test('skips one account from its menu, with the keyboard, and takes that back', async () => {
    const card = popover.getByRole('listitem', { name: /^main / })
    await card.getByRole('button', { name: 'More for main' }).focus()
    await popover.keyboard.press('Enter')
    await eventually(() => focused(popover)).toBe('Log in again')
    // The first item with this letter.
    await popover.keyboard.press('m')
    await popover.keyboard.press('Enter')
    await eventually(() => focused(popover)).toBe('Leave out today')
    await popover.keyboard.press('Enter')
    await card.getByText('Left out today').waitFor()
    expect((await schedule()).skippedOn).toEqual({ main: dayOf(Date.now()) })
    expect(await popover.getByRole('listitem').getByText('Left out').count()).toBe(1)

    await card.getByRole('button', { name: 'More for main' }).click()
    await popover.getByRole('menuitem', { name: 'Morning login' }).click()
    await popover.getByRole('menuitem', { name: 'Leave out', exact: true }).click()
    await card.getByText('Not in the morning login').waitFor()
    expect(await schedule()).toMatchObject({ skipped: ['main'], skippedOn: {} })
    await profile.cli.mustRun('schedule', 'unskip', 'main')
    await card.getByText('Not in the morning login').waitFor({ state: 'detached' })
  })

  test('comes to an account at the time that is typed into its details, with the keyboard', async () => {
    const form = await openForm('main')
    await form.getByText('Morning run: 08:15 IST, the usual time').focus()
    await form.keyboard.press('Enter')
    await form.keyboard.press('Tab')
    await form.keyboard.type('7')
    await form.keyboard.press('Tab')
    const time = form.getByRole('textbox', { name: 'Login time' })
    await form.getByText('The time needs hours and minutes, such as 08:30').waitFor()
    expect(await time.getAttribute('aria-invalid')).toBe('true')
    await form.keyboard.press('Shift+Tab')
    await form.keyboard.type('7:45 am')
    await saveUntested(form)
    expect((await schedule()).times).toEqual({ main: '07:45' })

    const [first, second] = (await status()).accounts.sort((one, two) => one.next_run - two.next_run)
    if (first === undefined || second === undefined) throw new Error('Both accounts have a run to come.')
    expect(istTime(first.name === 'main' ? first.next_run : second.next_run)).toMatch(/^07:4[5-7]$/)
    await icon.press('Open')
    // The time that was set, without the run's random delay, which is another one each day.
    const set = first.name === 'main' ? '07:4[5-7]' : '08:1[5-7]'
    await eventually(line).toMatch(new RegExp(` ${set}( IST)? for ${first.name}$`))
    expect((await icon.menu()).map(({ label }) => label)).toContain(await line())
  })

  test('comes to it at the usual time again once that is emptied', async () => {
    const form = await openForm('main')
    await form.getByText('Morning run: 07:45 IST').waitFor()
    const time = form.getByRole('textbox', { name: 'Login time' })
    expect(await time.inputValue()).toBe('07:45')
    await time.fill('')
    await saveUntested(form)
    expect((await schedule()).times).toEqual({})
    await icon.press('Open')
    await eventually(line).toMatch(/^Next login .* 08:1[5-7]( IST)?$/)
  })

  test('goes by a holiday that is added in the settings, until it is removed there', async () => {
    const words = await line()
    const before = await nextDay()
    const settings = await openSettings()
    await settings.getByText(words, { exact: true }).waitFor()
    const ownDays = settings.getByRole('group', { name: 'Extra holidays and sessions' })
    await ownDays.getByLabel('Day', { exact: true }).fill(before)
    await ownDays.getByRole('button', { name: 'Add' }).click()
    await ownDays.getByRole('button', { name: /^Remove / }).waitFor()
    expect((await schedule()).extraClosed).toEqual([before])
    expect((await nextDay()) > before).toBe(true)
    await settings.getByText(words, { exact: true }).waitFor({ state: 'detached' })
    const moved = await settings.getByText(/^Next login /).innerText()
    popover = await openPopover(app, watcher)
    await eventually(line).toBe(moved)

    await ownDays.getByRole('button', { name: /^Remove / }).click()
    await settings.getByText(words, { exact: true }).waitFor()
    expect((await schedule()).extraClosed).toEqual([])
  })

  test('is turned off and paused in the settings', async () => {
    const settings = await openSettings()
    await settings.getByRole('switch', { name: 'Log in every morning' }).focus()
    await settings.keyboard.press('Space')
    await settings.getByText('Morning login is off').waitFor()
    await settings.keyboard.press('Space')
    await settings.getByRole('button', { name: 'Today', exact: true }).click()
    await settings.getByText(/^Paused until /).waitFor()
    await settings.getByRole('button', { name: 'Resume' }).click()
    await settings.getByText(/^Next login /).waitFor()
    await settings.getByRole('button', { name: 'Date…' }).click()
    await settings.getByLabel('First day with a run again').fill(dayOf(Date.now()))
    expect(await settings.getByRole('button', { name: 'Pause', exact: true }).isEnabled()).toBe(false)
    expect(await schedule()).toMatchObject({ on: true, pausedUntil: null })
  })

  test('takes a webhook’s address once, in the settings, and gives it back to nobody', async () => {
    const outside = await Outside.start()
    try {
      const settings = await openSettings()
      await settings.getByText('Add a webhook or Telegram').click()
      await settings.getByLabel('Address').fill(`${outside.url}/an-unguessable-path`)
      const webhook = settings.getByRole('form', { name: /^Webhook/ })
      await webhook.getByRole('button', { name: 'Save' }).click()
      await settings.getByRole('button', { name: 'Send a test message' }).click()
      await settings.getByText('Sent. Look whether it has arrived.').waitFor()
      expect(outside.requests).toEqual(['POST /an-unguessable-path'])
      const view = await settings.evaluate(async () => JSON.stringify(await window.settings.describe()))
      for (const place of [view, await settings.content(), app.output]) {
        expect(place).not.toContain('an-unguessable-path')
      }
      for (const [file, content] of await filesBelow(profile.home)) {
        expect([file, content.includes('an-unguessable-path')]).toEqual([file, false])
      }
      expect(await profile.inKeychain('settings/webhook-url')).toContain('an-unguessable-path')
      await settings.getByRole('button', { name: 'Forget' }).click()
      await settings.getByLabel('Address').waitFor()
      expect(await profile.inKeychain('settings/webhook-url')).toBeNull()
    } finally {
      outside.stop()
    }
  })
})
