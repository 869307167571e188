import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountFormContract } from '../../electron/contract/account-form.ts'
import { popoverContract } from '../../electron/contract/popover.ts'
import { settingsContract } from '../../electron/contract/settings.ts'
import { App, clickAway } from '../support/app.ts'
import { Profile } from '../support/profile.ts'

describe('requests from a page that may not make them', () => {
  let profile: Profile
  let app: App

  beforeAll(async () => {
    profile = await Profile.create()
    app = await App.start(profile)
  })

  afterAll(async () => {
    await app.quit()
    await profile.remove()
  })

  /** Opens a window with the popover's bridge and requests the state from there. */
  function askFromForeignWindow(url: string, partition: string): Promise<unknown> {
    return app.electron.evaluate(
      async ({ app: electronApp, BrowserWindow }, address) => {
        const preload = `${electronApp.getAppPath()}/dist/preload.cjs`
        const webPreferences = { preload, partition: address.partition, sandbox: true }
        const window = new BrowserWindow({ show: false, webPreferences })
        await window.loadURL(address.url)
        const answer: unknown = await window.webContents.executeJavaScript(
          'tokentray.getState().then(JSON.stringify, String)',
        )
        window.destroy()
        return answer
      },
      { url, partition },
    )
  }

  test('each page has its own bridge and not the other’s', async () => {
    const popover = await app.popover()
    const bridges = () => ['tokentray', 'accountForm'].filter((name) => name in window)
    expect(await popover.evaluate(bridges)).toEqual(['tokentray'])
    await popover.getByRole('button', { name: 'Add your broker' }).click()
    const form = await app.accountForm()
    expect(await form.evaluate(bridges)).toEqual(['accountForm'])
    await clickAway(form, 'Cancel')
  })

  test('a bridge has a function for each request of its contract, one to listen, and nothing else', async () => {
    const names = (page: Page, bridge: 'tokentray' | 'accountForm' | 'settings') =>
      page.evaluate((name) => Object.keys({ ...window[name] }), bridge)
    const popover = await app.popover()
    expect(await names(popover, 'tokentray')).toEqual([...Object.keys(popoverContract.requests), 'on'])
    await popover.evaluate(() => window.tokentray.openAccountForm({ name: null }))
    const form = await app.accountForm()
    expect(await names(form, 'accountForm')).toEqual([...Object.keys(accountFormContract.requests), 'on'])
    await form.evaluate(() => window.accountForm.close()).catch(() => undefined)
    await popover.evaluate(() => window.tokentray.openSettings())
    const settings = await app.settings()
    expect(await names(settings, 'settings')).toEqual([...Object.keys(settingsContract.requests), 'on'])
    await settings.evaluate(() => window.settings.close()).catch(() => undefined)
  })

  test('the popover itself is answered', async () => {
    const popover = await app.popover()
    expect(await popover.evaluate(() => window.tokentray.getState())).toMatchObject({ accounts: [] })
  })

  test('another window with the popover’s bridge is refused, whatever it shows', async () => {
    expect(await askFromForeignWindow('tokentray://app/account-form.html', 'pages')).toMatch(/refused$/)
    expect(await askFromForeignWindow('tokentray://app/popover.html', 'pages')).toMatch(/refused$/)
    expect(await askFromForeignWindow('data:text/html,hello', 'elsewhere')).toMatch(/refused$/)
  })

  test('a request that is not of the agreed shape is refused, and nothing of it comes back', async () => {
    const popover = await app.popover()
    const answers = await popover.evaluate(async () => {
      const marker = 'MARKER'.repeat(200)
      const names: unknown[] = [marker, 7, null, { name: marker }, ['x']]
      const answers: string[] = []
      for (const name of names) {
        // Bypasses the types, as a compromised page would.
        const asked: unknown = Reflect.apply(window.tokentray.login.bind(null), null, [name])
        answers.push(await Promise.resolve(asked).then(JSON.stringify, String))
      }
      return answers
    })
    for (const answer of answers) {
      expect(answer).toMatch(/refused$/)
      expect(answer).not.toContain('MARKER')
    }
  })

  test('the popover is refused under another address', async () => {
    const popover = await app.popover()
    const answer = await popover.evaluate(async () => {
      history.pushState(null, '', '/account-form.html')
      const told = await window.tokentray.getState().then(JSON.stringify, String)
      history.back()
      return told
    })
    expect(answer).toMatch(/refused$/)
  })
})
