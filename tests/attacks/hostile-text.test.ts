import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startKiteConnect, type KiteConnectPractice } from '../../practice/kite-connect.ts'
import { App, closes } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { openPopover } from '../support/keyboard.ts'
import { layoutTroubles } from '../support/layout.ts'
import { photographPage } from '../support/photograph.ts'
import { Profile } from '../support/profile.ts'
import { TrayWatcher } from '../support/tray-watcher.ts'

/** Names that no form accepts, but that an edited settings file may hold. */
const NAMES = [
  '👩‍👩‍👧‍👦'.repeat(12),
  '🏴‍☠️ pirates 🏳️‍🌈'.repeat(9),
  '\u202egnihtyreve sesrever',
  'שלום עולם'.repeat(20),
  '<img src=x onerror=alert(1)><script>alert(2)</script>',
  'w'.repeat(200),
  'z̸̢̛͓̪͉̫̖̄̓͊̕a̷̧̛͉̰̫̅͑̇l̵̢̛̮̟̥̐̓g̶̡̛̰̬̐̕o̴̢̗̙͂̕'.repeat(4),
  'tab\tand\u0007bell\nand line',
]
const MANY = 50

describe('what others have written', () => {
  let watcher: TrayWatcher
  let broker: KiteConnectPractice
  let profile: Profile
  let app: App
  let popover: Page
  const dialogs: string[] = []

  beforeAll(async () => {
    watcher = await TrayWatcher.start()
    broker = await startKiteConnect()
    profile = await Profile.create()
    await profile.addAccount('kite', broker)
    const state = await profile.state()
    const copies = Array.from({ length: MANY - 1 }, (_, index) => ({
      ...(state.accounts[0] ?? expect.unreachable()),
      name: NAMES[index] ?? `account-${String(index)} ${'🎉'.repeat(index)}`,
    }))
    const accounts = [...state.accounts, ...copies]
    await writeFile(path.join(profile.home, 'state.json'), JSON.stringify({ ...state, accounts }))
    broker.fault({ kind: 'hostile-message', at: 'POST /api/login', times: Infinity })
    app = await App.start(profile)
    await (await watcher.itemOf(app.pid)).press('Open')
    popover = await app.popover()
    popover.on('dialog', (dialog) => dialogs.push(dialog.message()))
  })

  afterAll(async () => {
    await app.quit()
    await profile.remove()
    await broker.stop()
    watcher.stop()
  })

  /** Asserts that no such text has become markup or run as a script. */
  async function expectInert(page: Page): Promise<void> {
    const made = await page.evaluate(
      () => document.querySelectorAll('#root :is(img, script, iframe), :is(bdi, h2) b').length,
    )
    expect(made).toBe(0)
    expect(dialogs).toEqual([])
  }

  const card = (): Locator => popover.locator('[data-account=kite]')

  /** Returns the places from left to right, for names of any direction. */
  function placesOf(page: Page): Promise<(readonly number[])[]> {
    return page.evaluate(() =>
      [...document.querySelectorAll('[data-account] > div > :first-child')].map((head) =>
        ['h2', '[data-tone]', 'button'].map(
          (part) => head.querySelector(part)?.getBoundingClientRect().left ?? Number.NaN,
        ),
      ),
    )
  }

  test('fifty accounts with such names stand in the popover as text, each in its place', async () => {
    await eventually(() => popover.getByRole('listitem').count()).toBe(MANY)
    expect(await layoutTroubles(popover)).toEqual([])
    for (const places of await placesOf(popover)) expect(places).toEqual([...places].sort((a, b) => a - b))
    await expectInert(popover)
    // A long name is cut off on the card, but still readable.
    const long = popover.getByRole('heading', { name: 'w'.repeat(200) })
    expect(await long.getAttribute('title')).toContain('w'.repeat(200))
    await photographPage(popover, 'hostile-names')
  })

  test('a broker’s ten thousand characters are a few lines, without what controls a screen', async () => {
    await card().getByRole('button', { name: 'Log in kite' }).click()
    const words = card().locator('bdi[dir=auto]')
    await words.waitFor()
    const text = await words.innerText()
    expect(text).toContain('<script>alert(1)</script>')
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e\u2066-\u2069]/)
    expect(text.length).toBeLessThan(1_000)
    const { cut, lines } = await words.evaluate((element) => ({
      cut: element.scrollHeight > element.clientHeight,
      lines: element.clientHeight / Number.parseFloat(getComputedStyle(element).lineHeight),
    }))
    expect(cut).toBe(true)
    expect(Math.round(lines)).toBe(3)
    expect(await layoutTroubles(popover)).toEqual([])
    await expectInert(popover)
  })

  test('all of it can be read with the keyboard', async () => {
    const words = card().locator('bdi[dir=auto]')
    await card()
      .getByRole('button', { name: /^Show all of what Zerodha/ })
      .focus()
    await popover.keyboard.press('Enter')
    await card()
      .getByRole('button', { name: /^Show less of/ })
      .waitFor()
    expect(await words.evaluate((element) => element.scrollHeight > element.clientHeight)).toBe(true)
    await popover.keyboard.press('Shift+Tab')
    expect(await words.evaluate((element) => element === document.activeElement)).toBe(true)
    await popover.keyboard.press('End')
    await eventually(() =>
      words.evaluate(({ scrollTop, scrollHeight, clientHeight }) => scrollHeight - clientHeight - scrollTop),
    ).toBeLessThan(2)
    expect(await layoutTroubles(popover)).toEqual([])
    await photographPage(popover, 'hostile-words')
  })

  test('the account’s own window bears them too', async () => {
    const [hostile = ''] = NAMES.filter((name) => name.startsWith('<img'))
    for (const name of [hostile, 'w'.repeat(200)]) {
      const opener = await openPopover(app, watcher)
      await opener.evaluate((account) => window.tokentray.openAccountForm({ name: account }), name)
      const form = await app.accountForm()
      form.on('dialog', (dialog) => dialogs.push(dialog.message()))
      await form.getByRole('heading', { name: `Change ${name}` }).waitFor()
      expect(await layoutTroubles(form)).toEqual([])
      await expectInert(form)
      await closes(form, () => form.evaluate(() => window.accountForm.close()))
    }
  })
})
