import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { App } from '../support/app.ts'
import { Outside } from '../support/outside.ts'
import { pastedByScript } from '../support/paste.ts'
import { Profile } from '../support/profile.ts'
import { PROXY_SIDE, proxyLogin, startTinyproxy } from '../support/real-proxy.ts'
import { copyElsewhere } from '../support/screen.ts'
import { closeSignIn, signInPage } from '../support/sign-in.ts'

let broker: Outside
let profile: Profile
let app: App

beforeAll(async () => {
  broker = await Outside.start()
  profile = await Profile.create()
  app = await App.start(profile)
})

afterAll(async () => {
  await app.quit()
  await profile.remove()
  broker.stop()
})

/** Adds an account whose broker’s own page is whatever a hostile server says. */
async function addHostile(name: string, settings = '', ...options: readonly string[]): Promise<void> {
  const env = `KITE_API_KEY=key\nKITE_API_SECRET=secret\nKITE_USER_ID=AB1234\n${settings}`
  await profile.cli.mustRun(
    ...['account', 'add', name, '--broker', 'kite-connect', '--mode', 'assisted', ...options],
    ...['--env-file', await profile.write(`${name}.env`, env)],
    ...['--endpoint', `web=${broker.url}`, '--endpoint', `api=${broker.url}`],
  )
}

/** Opens an account’s sign-in window and returns its page. */
async function openPage(name: string): Promise<Page> {
  await App.startAgain(profile)
  const popover = await app.popover()
  const opened = signInPage(app)
  await popover.evaluate((account) => void window.tokentray.login({ name: account }), name)
  const page = await opened
  await page.waitForLoadState()
  onTestFinished(async () => {
    if (page.isClosed()) return
    await closeSignIn(app, page)
  })
  return page
}

/** Records the datagrams that reach a port of this computer. */
async function listenForDatagrams(): Promise<{ port: number; count: () => number }> {
  const socket = createSocket('udp4')
  let count = 0
  socket.on('message', () => count++)
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  onTestFinished(() => void socket.close())
  return { port: socket.address().port, count: () => count }
}

/** Records who connects to a port of this computer. */
async function listenForPeers(): Promise<{ port: number; peers: ReadonlySet<string> }> {
  const peers = new Set<string>()
  const server = createServer((socket) => {
    peers.add(socket.remoteAddress ?? '')
    socket.on('error', () => undefined).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('There is no port.')
  return { port: (address satisfies AddressInfo).port, peers }
}

/** Gathers WebRTC’s candidates with a server, in the page or in a frame of its own, and returns them. */
function candidates(page: Page, server: string, inFrame = false): Promise<string[]> {
  return page.evaluate(
    async ({ urls, within }) => {
      const frame = document.createElement('iframe')
      if (within) document.body.append(frame)
      const Connection: unknown = within ? Reflect.get(frame.contentWindow ?? {}, 'RTCPeerConnection') : null
      const connection: RTCPeerConnection =
        typeof Connection === 'function'
          ? Reflect.construct(Connection, [{ iceServers: [{ urls, username: 'a', credential: 'b' }] }])
          : new RTCPeerConnection({ iceServers: [{ urls, username: 'a', credential: 'b' }] })
      const found: string[] = []
      connection.addEventListener('icecandidate', ({ candidate }) => {
        if (candidate !== null && candidate.candidate !== '') found.push(candidate.candidate)
      })
      const isOver = new Promise<void>((resolve) => {
        connection.addEventListener('icegatheringstatechange', () => {
          if (connection.iceGatheringState === 'complete') resolve()
        })
      })
      connection.createDataChannel('any')
      await connection.setLocalDescription(await connection.createOffer())
      await isOver
      connection.close()
      return found
    },
    { urls: server, within: inFrame },
  )
}

describe('M1: a page that looks for a way around its proxy', () => {
  let page: Page

  beforeEach(async () => {
    const proxy = await startTinyproxy()
    const name = `proxied-${String(proxy.port)}`
    const password = `TOKENTRAY_PROXY_PASSWORD=${proxyLogin.password}\n`
    await addHostile(name, password, '--proxy', proxy.address)
    page = await openPage(name)
  })

  test('finds none by WebRTC', async () => {
    const { port, count } = await listenForDatagrams()
    expect(await candidates(page, `stun:127.0.0.1:${String(port)}`)).toEqual([])
    expect(count()).toBe(0)
  })

  test('M1, another way: nor from a frame of its own', async () => {
    const { port, count } = await listenForDatagrams()
    expect(await candidates(page, `stun:127.0.0.1:${String(port)}`, true)).toEqual([])
    expect(count()).toBe(0)
  })

  test('M1, another way: nor by TURN over TCP, nor by a web socket: both come from the proxy', async () => {
    const { port, peers } = await listenForPeers()
    expect(await candidates(page, `turn:127.0.0.1:${String(port)}?transport=tcp`)).toEqual([])
    await page.evaluate(
      (url) =>
        new Promise((resolve) => {
          new WebSocket(url).addEventListener('close', resolve)
        }),
      `ws://127.0.0.1:${String(port)}`,
    )
    expect([...peers]).toEqual([PROXY_SIDE])
  })

  test('M1, another way: nor by WebTransport, which is UDP', async () => {
    const { port, count } = await listenForDatagrams()
    const outcome = await page.evaluate(
      (url) => new WebTransport(url).ready.then(() => 'connected', String),
      `https://127.0.0.1:${String(port)}/`,
    )
    expect(outcome).toMatch(/Error/)
    expect(count()).toBe(0)
  })
})

test('M1: a page of an account without a proxy learns no address of this computer either', async () => {
  await addHostile('direct')
  const page = await openPage('direct')
  expect(await candidates(page, 'stun:127.0.0.1:9')).toEqual([])
})

describe('M2: a page that reads the clipboard', () => {
  let page: Page

  beforeEach(async ({ task }) => {
    const name = `paste-${task.id.replaceAll(/\W/g, '')}`.slice(0, 30)
    await addHostile(name)
    page = await openPage(name)
    await copyElsewhere('copied elsewhere')
  })

  test('gets nothing by a paste of its own', async () => {
    expect(await pastedByScript(page)).toBe('')
  })

  test('M2, another way: nor after a click of the user’s', async () => {
    await page.evaluate(`(() => {
      const area = document.body.appendChild(document.createElement('textarea'))
      const button = document.body.appendChild(document.createElement('button'))
      button.textContent = 'Continue'
      button.addEventListener('click', () => { area.focus(); document.execCommand('paste'); button.title = 'done' })
    })()`)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByTitle('done').waitFor()
    expect(await page.locator('textarea').inputValue()).toBe('')
  })

  test('M2, another way: nor by a key that it presses itself, in a frame that can be edited', async () => {
    const found: unknown = await page.evaluate(`(() => {
      const frame = document.body.appendChild(document.createElement('iframe'))
      const inner = frame.contentDocument
      inner.body.contentEditable = 'true'
      inner.body.focus()
      for (const type of ['keydown', 'keypress', 'keyup'])
        inner.body.dispatchEvent(new KeyboardEvent(type, { key: 'v', code: 'KeyV', ctrlKey: true, bubbles: true }))
      inner.execCommand('paste')
      return inner.body.textContent
    })()`)
    expect(found).toBe('')
  })

  test('M2, another way: nor by asking for the clipboard with all its types', async () => {
    const read = (): Promise<string> => navigator.clipboard.read().then(() => 'told', String)
    expect(await page.evaluate(read)).toMatch(/NotAllowed/)
    const readText = (): Promise<string> => navigator.clipboard.readText().then(String, String)
    expect(await page.evaluate(readText)).toMatch(/NotAllowed/)
  })
})

test('L2: a page that refuses to close is closed', async () => {
  await addHostile('stubborn')
  const page = await openPage('stubborn')
  // Chromium runs `beforeunload` handlers only for pages that the user has touched.
  await page.locator('body').click()
  await page.evaluate(() => {
    window.addEventListener('beforeunload', (event) => {
      event.preventDefault()
    })
  })
  const closed = page.waitForEvent('close')
  await app.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()
      .find((window) => window.getTitle().startsWith('Sign in to'))
      ?.close()
  })
  await closed
})

test('L4: the window’s page is the broker’s alone: nothing of ours, no permission, nothing in plain text', async () => {
  await addHostile('foreign')
  const page = await openPage('foreign')
  const found = await page.evaluate(() =>
    ['tokentray', 'accountForm', 'settings', 'require', 'process'].filter((name) => name in window),
  )
  expect(found).toEqual([])
  expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied')
  expect(await page.evaluate(() => fetch('http://192.0.2.1/').then(String, String))).toContain('Failed')
})

describe('M6: a page that hands in a request token of its own', () => {
  const registered = 'http://127.0.0.1:9/registered'

  test('does not end a sign-in whose redirect URL is known', async () => {
    await addHostile('known', `KITE_REDIRECT_URL=${registered}\n`)
    const page = await openPage('known')
    const foreign = await Outside.start()
    onTestFinished(() => {
      foreign.stop()
    })
    const asked = broker.requests.length
    await page.goto(`${foreign.url}/?request_token=foreign&status=success`)
    await page.goto(`${registered}/elsewhere?request_token=foreign`).catch(() => undefined)
    expect(broker.requests.slice(asked)).not.toContain('POST /session/token')
  })
})
