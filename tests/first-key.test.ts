import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startKiteConnect, type KiteConnectPractice } from '../practice/kite-connect.ts'
import { App } from './support/app.ts'
import { eventually } from './support/eventually.ts'
import { expectFocus, openPopover } from './support/keyboard.ts'
import { Profile } from './support/profile.ts'
import { pasted, pressKeys } from './support/screen.ts'
import { TrayWatcher } from './support/tray-watcher.ts'

/** More accounts than fit into the window, so that a key could scroll. */
const NAMES = Array.from({ length: 12 }, (_, index) => `account-${String(index + 1).padStart(2, '0')}`)

let watcher: TrayWatcher
let broker: KiteConnectPractice
let profile: Profile
let app: App
let popover: Page

beforeAll(async () => {
  watcher = await TrayWatcher.start()
  broker = await startKiteConnect()
  profile = await Profile.create({ TZ: 'Asia/Kolkata' })
  await profile.addAccount('account-01', broker)
  await profile.changeState((state) => ({
    ...state,
    accounts: NAMES.flatMap((name) => state.accounts.map((account) => ({ ...account, name }))),
  }))
  await profile.addAccount('zulu', broker)
  await profile.cli.mustRun('login', 'zulu')
})

afterAll(async () => {
  await profile.remove()
  await broker.stop()
  watcher.stop()
})

/** A new app each time, because only a page that has not had a key yet can show what its first one does. */
beforeEach(async () => {
  app = await App.start(profile)
  popover = await openPopover(app, watcher)
  await popover.getByRole('listitem', { name: /^account-01/ }).waitFor()
  return () => app.quit()
})

const scrolled = (): Promise<number> =>
  popover.evaluate(() => document.querySelector('main')?.scrollTop ?? Number.NaN)

/** Resolves two frames later, when the browser would have scrolled. */
const afterFrames = (): Promise<void> =>
  popover.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  )

test('the first key goes to an account at once and scrolls nothing', async () => {
  await popover.getByRole('listitem', { name: /^account-01/ }).evaluate((card) => {
    card.focus()
    // Notes what the page has done by the time that the browser would scroll: the window hears of a key last.
    window.addEventListener('keydown', ({ defaultPrevented, key }) => {
      card.dataset['firstKey'] = `${key} ${defaultPrevented ? 'handled' : 'left to the browser'}`
    })
  })
  await pressKeys('Down')
  await expectFocus(popover, /^account-02/)
  await afterFrames()
  expect(await scrolled()).toBe(0)
  const first = popover.getByRole('listitem', { name: /^account-01/ })
  expect(await first.getAttribute('data-first-key')).toBe('ArrowDown handled')
})

test('a slash as the first key goes to the search, and is not typed there', async () => {
  await pressKeys('slash')
  await expectFocus(popover, 'Search accounts')
  await afterFrames()
  expect(await popover.getByRole('searchbox').inputValue()).toBe('')
})

test('the shortcut’s window, two letters and Enter copy a token, and the window is gone', async () => {
  const token = await profile.cli.mustRun('token', 'zulu')
  await pressKeys('z')
  await pressKeys('u')
  await popover.getByText('1 of 13', { exact: true }).waitFor()
  await pressKeys('Return')
  await eventually(pasted).toBe(token)
  await eventually(() => app.showsPopover()).toBe(false)
})

test('one click copies a token, and the window is gone', async () => {
  const token = await profile.cli.mustRun('token', 'zulu')
  const line = popover.getByRole('listitem', { name: /^zulu/ })
  await line.hover()
  await line.getByRole('button', { name: 'Copy token of zulu' }).click()
  await eventually(pasted).toBe(token)
  await eventually(() => app.showsPopover()).toBe(false)
})
