import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { App } from '../support/app.ts'
import { Outside } from '../support/outside.ts'
import { pastedByScript } from '../support/paste.ts'
import { Profile } from '../support/profile.ts'
import { copyElsewhere } from '../support/screen.ts'

describe('L12: a window that sets no rule', () => {
  let outside: Outside
  let profile: Profile
  let app: App
  let page: Page

  beforeAll(async () => {
    outside = await Outside.start()
    profile = await Profile.create()
    app = await App.start(profile)
    const opened = app.electron.waitForEvent('window', (window) => window.url().startsWith(outside.url))
    await app.electron.evaluate(async ({ BrowserWindow }, url) => {
      const webPreferences = { webviewTag: true, sandbox: true }
      await new BrowserWindow({ show: false, webPreferences }).loadURL(`${url}/first`)
    }, outside.url)
    page = await opened
  })

  afterAll(async () => {
    await app.quit()
    await profile.remove()
    outside.stop()
  })

  beforeEach(() => {
    outside.requests.length = 0
  })

  test('opens no other', async () => {
    expect(await page.evaluate((url) => window.open(url) === null, outside.url)).toBe(true)
  })

  test('holds no other', async () => {
    await page.evaluate((url) => {
      document.body.append(Object.assign(document.createElement('webview'), { src: `${url}/webview` }))
    }, outside.url)
    const held = () =>
      app.electron.evaluate(({ webContents }) => webContents.getAllWebContents().map((one) => one.getType()))
    // The reply to a later request shows that the earlier one had its time.
    await page.evaluate((url) => fetch(`${url}/after`), outside.url)
    expect(await held()).not.toContain('webview')
    expect(outside.requests).toEqual(['GET /after'])
  })

  test('stays where it is', async () => {
    await page.evaluate((url) => {
      document.body.append(Object.assign(document.createElement('iframe'), { src: `${url}/within` }))
      location.assign(`${url}/second`)
    }, outside.url)
    await page.evaluate((url) => fetch(`${url}/after`), outside.url)
    expect(outside.requests).toEqual(['GET /after'])
    expect(page.url()).toBe(`${outside.url}/first`)
  })

  test('is not redirected', async () => {
    const outcome = await app.electron.evaluate(async ({ BrowserWindow }, url) => {
      const window = new BrowserWindow({ show: false })
      return window.loadURL(`${url}/away`).then(String, String)
    }, outside.url)
    expect(outcome).toMatch(/ERR_/)
    expect(outside.requests).toEqual(['GET /away'])
  })

  test('gets no permission and no file', async () => {
    expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied')
    const state = await page.evaluate(
      async () => (await navigator.permissions.query({ name: 'geolocation' })).state,
    )
    expect(state).toBe('denied')
    const outcome = await app.electron.evaluate(
      ({ session }, url) =>
        new Promise<string>((resolve) => {
          session.defaultSession.on('will-download', (event) => {
            resolve(event.defaultPrevented ? 'refused' : 'saved')
          })
          session.defaultSession.downloadURL(url)
        }),
      outside.url,
    )
    expect(outcome).toBe('refused')
  })

  test('can’t read the clipboard', async () => {
    await copyElsewhere('copied elsewhere')
    expect(await pastedByScript(page)).toBe('')
  })

  test('shows a server none of the user’s certificates', async () => {
    const answers = await app.electron.evaluate(({ app: electronApp, webContents }) => {
      const given: unknown[] = []
      let isDefault = true
      const event = {
        preventDefault: () => {
          isDefault = false
        },
      }
      const [contents] = webContents.getAllWebContents()
      const answer = (...certificates: unknown[]): void => void given.push(certificates)
      electronApp.emit('select-client-certificate', event, contents, 'https://example.com/', [{}], answer)
      return { given, isDefault }
    })
    expect(answers).toEqual({ given: [[]], isDefault: false })
  })
})
