import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { App, clickAway } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { Outside } from '../support/outside.ts'
import { pastedByScript } from '../support/paste.ts'
import { Profile } from '../support/profile.ts'
import { copyElsewhere } from '../support/screen.ts'

const POPOVER_URL = 'tokentray://app/popover.html'

describe('the popover’s page', () => {
  let outside: Outside
  let profile: Profile
  let app: App
  let page: Page

  beforeAll(async () => {
    outside = await Outside.start()
    profile = await Profile.create()
    app = await App.start(profile)
    page = await app.popover()
    await page.getByRole('button', { name: 'Add your broker' }).waitFor()
  })

  afterAll(async () => {
    await app.quit()
    await profile.remove()
    outside.stop()
  })

  beforeEach(() => {
    outside.requests.length = 0
  })

  /** Returns the outcome of an attempt by the page. */
  function outcomeOf(attempt: (url: string) => Promise<unknown>): Promise<string> {
    return page.evaluate(attempt, outside.url).then(
      (value) => `went well: ${JSON.stringify(value)}`,
      (error: unknown) => `refused: ${String(error)}`,
    )
  }

  test('the server that is to be out of its reach answers everybody else', async () => {
    expect((await fetch(outside.url)).status).toBe(200)
    expect(outside.requests).toEqual(['GET /'])
  })

  test('can’t fetch anything, from this computer or from the internet', async () => {
    expect(await outcomeOf(async (url) => (await fetch(url)).status)).toMatch(/^refused/)
    expect(await outcomeOf(async () => (await fetch('https://example.com/')).status)).toMatch(/^refused/)
    expect(await outcomeOf(async () => (await fetch('file:///etc/hostname')).status)).toMatch(/^refused/)
    expect(outside.requests).toEqual([])
  })

  test('can’t reach out in any other way that pages have', async () => {
    const attempts = ['image', 'script', 'style', 'prefetch', 'video', 'beacon', 'socket', 'events']
    // For frames the browser reports only the origin.
    const blocked = [...attempts, 'frame-src', 'object-src']
    await page.evaluate(startToReachOut, outside.url)
    await eventually(() => page.evaluate(() => document.body.dataset['blocked']?.split(' '))).toEqual(
      expect.arrayContaining(blocked),
    )
    expect(outside.requests).toEqual([])
  })

  test('can’t reach out even where its own rules do not count: the session asks for nothing elsewhere', async () => {
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Page.setBypassCSP', { enabled: true })
    await page.reload()
    // Shows that the rules are off.
    await page.addScriptTag({ content: 'document.body.dataset.inline = "ran"' })
    expect(await page.evaluate(() => document.body.dataset['inline'])).toBe('ran')
    expect(await outcomeOf((url) => fetch(url, { mode: 'no-cors' }))).toMatch(/^refused/)
    expect(await outcomeOf(() => fetch('https://example.com/', { mode: 'no-cors' }))).toMatch(/^refused/)
    expect(await outcomeOf(() => fetch('file:///etc/hostname', { mode: 'no-cors' }))).toMatch(/^refused/)
    const socket = (url: string): Promise<boolean> =>
      new Promise((resolve, reject) => {
        const opened = new WebSocket(url.replace('http', 'ws'))
        opened.addEventListener('open', () => {
          resolve(true)
        })
        opened.addEventListener('error', reject)
      })
    expect(await outcomeOf(socket)).toMatch(/^refused/)
    expect(outside.requests).toEqual([])
    await devtools.send('Page.setBypassCSP', { enabled: false })
    await page.reload()
  })

  test('can’t make the main process fail by asking for an address that can’t be read', async () => {
    await app.electron.evaluate(() => {
      process.on('uncaughtException', function noteFailure(error) {
        Reflect.set(globalThis, 'failure', String(error))
      })
    })
    const loaded = await page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const image = new Image()
          image.addEventListener('load', () => {
            resolve('loaded')
          })
          image.addEventListener('error', () => {
            resolve('not found')
          })
          image.src = 'tokentray://app/%E0%A4%A.png'
          // Without an answer neither comes.
          setTimeout(resolve, 5_000, 'no answer')
        }),
    )
    const failure = await app.electron.evaluate(() => {
      for (const listener of process.listeners('uncaughtException')) {
        if (listener.name === 'noteFailure') process.off('uncaughtException', listener)
      }
      return String(Reflect.get(globalThis, 'failure'))
    })
    expect(failure).toBe('undefined')
    expect(loaded).toBe('not found')
  })

  test('can’t open windows', async () => {
    const before = app.electron.windows().length
    expect(await page.evaluate((url) => window.open(url) === null, outside.url)).toBe(true)
    expect(await page.evaluate((url) => window.open(url) === null, POPOVER_URL)).toBe(true)
    expect(app.electron.windows()).toHaveLength(before)
    expect(outside.requests).toEqual([])
  })

  test('can’t read the clipboard', async () => {
    await copyElsewhere('copied elsewhere')
    expect(await outcomeOf(() => navigator.clipboard.readText())).toMatch(/^refused/)
    expect(await pastedByScript(page)).toBe('')
  })

  test('gets what the user pastes', async () => {
    await copyElsewhere('copied elsewhere')
    const field = await page.evaluateHandle(() => document.body.appendChild(document.createElement('input')))
    await field.focus()
    await app.electron.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) window.webContents.paste()
    })
    await eventually(() => field.evaluate((input) => input.value)).toBe('copied elsewhere')
    await field.evaluate((input) => {
      input.remove()
    })
  })

  test('gets no permission', async () => {
    expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied')
    const position = await page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          navigator.geolocation.getCurrentPosition(
            () => {
              resolve('told')
            },
            (error) => {
              resolve(error.code === error.PERMISSION_DENIED ? 'denied' : error.message)
            },
          )
        }),
    )
    expect(position).toBe('denied')
    expect(await outcomeOf(() => navigator.mediaDevices.getUserMedia({ audio: true }))).toMatch(/^refused/)
  })

  test('has nothing of Node’s and keeps nothing', async () => {
    const names = ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'electron', 'ipcRenderer']
    const found = await page.evaluate((wanted) => wanted.filter((name) => name in window), names)
    expect(found).toEqual([])
    const kept = await page.evaluate(() => [
      localStorage.length,
      sessionStorage.length,
      document.cookie.length,
    ])
    expect(kept).toEqual([0, 0, 0])
  })

  test('can’t turn text into code', async () => {
    const run = await page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          // From a timer, because the page's policy does not apply to the debugger's own code.
          setTimeout(() => {
            try {
              Reflect.construct(Function, ['return 1'])
              resolve('ran')
            } catch (error) {
              resolve(String(error))
            }
          })
        }),
    )
    expect(run).toMatch(/^EvalError/)
    const title = await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'document.title = "injected"'
      document.body.append(script)
      script.remove()
      return document.title
    })
    expect(title).toBe('TokenTray')
  })

  test('comes with its policy', async () => {
    const [response] = await Promise.all([page.waitForResponse(POPOVER_URL), page.reload()])
    // Later tests press this button.
    await page.getByRole('button', { name: 'Add your broker' }).waitFor()
    const policy = (await response.allHeaders())['content-security-policy'] ?? ''
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "connect-src 'none'",
      "form-action 'none'",
    ]) {
      expect(policy).toContain(rule)
    }
    expect(policy).not.toContain('unsafe')
  })

  test('can’t be led elsewhere', async () => {
    const leads: ((url: string) => void)[] = [
      (url) => {
        location.assign(url)
      },
      (url) => {
        const form = document.createElement('form')
        form.method = 'post'
        form.action = url
        document.body.append(form)
        form.submit()
        form.remove()
      },
      (url) => {
        const link = document.createElement('a')
        Object.assign(link, { href: url, download: 'file' }).click()
      },
      () => {
        location.href = 'tokentray://app/account-form.html'
      },
      () => {
        location.href = 'data:text/html,elsewhere'
      },
    ]
    for (const lead of leads) {
      await page.evaluate(lead, outside.url)
      // A page that was navigated away has no button, and the form would not open.
      await page.evaluate(() => {
        const buttons = [...document.querySelectorAll('button')]
        buttons.find(({ innerText }) => innerText.startsWith('Add your broker'))?.click()
      })
      await clickAway(await app.accountForm(), 'Cancel')
      expect(await page.evaluate(() => location.href)).toBe(POPOVER_URL)
    }
    expect(outside.requests).toEqual([])
  })

  test('comes back when it empties itself', async () => {
    await page.evaluate(() => {
      location.href = 'about:blank'
    })
    await eventually(() => page.evaluate(() => location.href)).toBe(POPOVER_URL)
    await eventually(() => page.evaluate(() => document.body.innerText)).toContain('Add your broker')
  })
})

/** Runs in the page, and records on its body what the browser has blocked. */
function startToReachOut(url: string): void {
  document.addEventListener('securitypolicyviolation', ({ blockedURI, effectiveDirective }) => {
    const what = blockedURI.slice(blockedURI.lastIndexOf('/') + 1)
    document.body.dataset['blocked'] =
      `${document.body.dataset['blocked'] ?? ''} ${what} ${effectiveDirective}`
  })
  const elements: [tag: string, attributes: object][] = [
    ['img', { src: `${url}/image` }],
    ['script', { src: `${url}/script` }],
    ['link', { rel: 'stylesheet', href: `${url}/style` }],
    ['link', { rel: 'prefetch', href: `${url}/prefetch` }],
    ['video', { src: `${url}/video` }],
    ['iframe', { src: `${url}/frame` }],
    ['object', { data: `${url}/object` }],
  ]
  for (const [tag, attributes] of elements) {
    document.body.append(Object.assign(document.createElement(tag), attributes))
  }
  navigator.sendBeacon(`${url}/beacon`, 'text')
  for (const connect of [
    () => new WebSocket(`${url.replace('http', 'ws')}/socket`),
    () => new EventSource(`${url}/events`),
  ]) {
    try {
      connect()
    } catch {
      // The request is refused at once.
    }
  }
}
