import { session, WebContentsView, type BrowserWindow, type Session, type WebContents } from 'electron'
import { replyHeaders } from '../../core/reply-headers.ts'
import type { AccountHandle } from '../../core/state/account-handle.ts'
import { isLoopback } from '../../core/address.ts'
import { LoginError } from '../../core/errors.ts'
import type { SignIn, SignInPage } from '../../core/login/assisted.ts'
import type { Clock, Keychain } from '../../core/ports.ts'
import { allowNavigation, safePreferences } from './hardening.ts'
import { onceShowable } from './once-showable.ts'
import { createPageWindow } from './pages.ts'
import { serveStrip, type StripDeps } from './sign-in-strip.ts'
import { answerProxy, throughProxy } from './sign-in-proxy.ts'

/** What a page may fetch: nothing in plain text, nothing of this computer's unless the broker is on it. */
const SAFE_PROTOCOLS: readonly string[] = ['https:', 'wss:', 'data:', 'blob:']
/** Chromium's number for a navigation that something else came before, such as our own end. */
const ABORTED = -3

/** What the window for signing in needs of the app. */
export interface SignInDeps extends StripDeps {
  readonly clock: Clock
  readonly keychain: Keychain
}

/**
 * Shows a broker's own page in a view with nothing of ours in it: no preload, no permission, and cookies that are gone
 * with it. Above it stands a strip of ours. The window ends at the address that the sign-in ends at, which is never
 * opened.
 * @param account is looked up anew for each window
 */
export const signInWindow =
  (account: () => Pick<AccountHandle, 'account' | 'broker'>, deps: SignInDeps): SignIn =>
  async (page, signal) => {
    const handle = account()
    const { name } = handle.account
    const jar = emptyJar(name)
    try {
      return await signInWith(jar, handle, deps, page, signal)
    } finally {
      jar.webRequest.onBeforeRequest(null)
      jar.webRequest.onHeadersReceived(null)
      giveBack(name, jar)
    }
  }

/** Shows the page with the cookies of a session, until the sign-in ends or the window is closed. */
async function signInWith(
  jar: Session,
  handle: Pick<AccountHandle, 'account' | 'broker'>,
  deps: SignInDeps,
  page: SignInPage,
  signal: AbortSignal,
): Promise<URL> {
  const { name } = handle.account
  const proxyLogin = await throughProxy(jar, handle.account, deps.keychain)
  signal.throwIfAborted()
  const window = createPageWindow('sign-in', {
    width: 480,
    height: 800,
    title: titleFor(name, page.address),
  })
  const view = new WebContentsView({ webPreferences: { ...safePreferences, session: jar } })
  const { webContents } = view
  const strip = serveStrip(window, handle, deps, {
    host: page.address.host,
    fit: placeBelow(window, view),
  })
  // `endOf` checks each address instead.
  allowNavigation(webContents)
  onceShowable(window, deps.clock, () => {
    window.show()
    webContents.focus()
  })
  answerProxy(webContents, proxyLogin)
  // Whoever signs in has to see where: the page's own title could say anything.
  window.on('page-title-updated', (event) => {
    event.preventDefault()
  })
  webContents.on('did-navigate', (_event, url) => {
    const address = new URL(url)
    window.setTitle(titleFor(name, address))
    strip.moved(address.host)
  })
  // A view outlives its window, and a window its view.
  window.once('closed', () => {
    webContents.close()
  })
  webContents.once('destroyed', () => {
    if (!window.isDestroyed()) window.destroy()
  })
  // WebRTC would look for ways of its own beside the proxy, and tell the page this computer's addresses.
  webContents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  // A page that asks to be kept open is closed all the same.
  webContents.on('will-prevent-unload', (event) => {
    event.preventDefault()
  })
  try {
    return await endOf(window, webContents, page, signal)
  } finally {
    if (!window.isDestroyed()) window.destroy()
  }
}

/** Sessions with nothing in them, by the account that used them. */
const emptied = new Map<string, Session>()
let made = 0

/** Takes a session with nothing in it, that is in memory only: a partition without `persist:`. */
function emptyJar(name: string): Session {
  const jar = emptied.get(name) ?? session.fromPartition(`sign-in ${name} ${String(++made)}`)
  emptied.delete(name)
  return jar
}

/** Empties a session for the next sign-in. Nobody waits for it, because sometimes Electron never says that it is done. */
function giveBack(name: string, jar: Session): void {
  Promise.all([jar.clearStorageData(), jar.clearCache()]).then(
    () => emptied.set(name, jar),
    () => undefined,
  )
}

/** How high the strip is until its page tells, CSS px. */
const STRIP_HEIGHT = 88

/** Keeps a view below the strip. Returns what takes the strip's height, CSS px. */
function placeBelow(window: BrowserWindow, view: WebContentsView): (height: number) => void {
  let top = STRIP_HEIGHT
  const place = (): void => {
    const [width = 0, height = 0] = window.getContentSize()
    view.setBounds({ x: 0, y: top, width, height: Math.max(0, height - top) })
  }
  window.contentView.addChildView(view)
  window.on('resize', place)
  place()
  return (height) => {
    top = Math.ceil(height * window.webContents.getZoomFactor())
    place()
  }
}

/** Resolves with the address that the sign-in ends at. */
function endOf(
  window: BrowserWindow,
  webContents: WebContents,
  page: SignInPage,
  signal: AbortSignal,
): Promise<URL> {
  const { address, isEnd } = page
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    window.once('closed', () => reject(new LoginError('cancelled')))
    webContents.session.webRequest.onBeforeRequest(({ url, resourceType }, answer) => {
      const target = new URL(url)
      const isOver = resourceType === 'mainFrame' && isEnd(target)
      if (isOver) resolve(target)
      answer({ cancel: isOver || !isAllowed(target, address) })
    })
    refuseData(webContents, page.refuse).catch(reject)
    webContents.on('did-fail-load', (_event, code, description, url, isMainFrame) => {
      if (isMainFrame && code !== ABORTED) reject(notOpened(description, url))
    })
    // What it fails with is heard of above.
    webContents.loadURL(address.href).catch(() => undefined)
  })
}

/** Rejects with what the broker means once the window shows JSON, which no person can go on from. */
async function refuseData(webContents: WebContents, refuse: SignInPage['refuse']): Promise<never> {
  const { status } = await new Promise<{ status: number }>((resolve) => {
    let data: { status: number } | null = null
    webContents.session.webRequest.onHeadersReceived((reply, answer) => {
      const { resourceType, responseHeaders = {}, statusCode: status } = reply
      const isData = Object.entries(responseHeaders).some(
        ([name, values]) => name.toLowerCase() === 'content-type' && /\bjson\b/i.test(values.join()),
      )
      if (resourceType === 'mainFrame') data = isData ? { status } : null
      answer({})
    })
    webContents.on('did-finish-load', () => {
      if (data !== null) resolve(data)
    })
  })
  // No page is there whose scripts could have a say in it.
  const body: unknown = await webContents.executeJavaScript('document.body.textContent')
  const headers = replyHeaders(['content-type', 'application/json'])
  return refuse({ status, headers, body: String(body) })
}

const isAllowed = (target: URL, page: URL): boolean =>
  SAFE_PROTOCOLS.includes(target.protocol) || (isLoopback(page) && isLoopback(target))

const titleFor = (name: string, { host }: URL): string => `Sign in to ${name} at ${host}`

/** @param description Chromium's name for what went wrong, such as `ERR_CONNECTION_REFUSED` */
function notOpened(description: string, url: string): LoginError {
  if (!description.startsWith('ERR_CERT_'))
    return new LoginError('network', { message: 'The broker’s page could not be opened.' })
  return new LoginError('network', {
    message: `The certificate of ${new URL(url).host} could not be trusted (${description}).`,
    next:
      'If you know who signs certificates on this network, such as your company or your antivirus, install theirs ' +
      'in the system: this window goes by the system alone. If not, don’t: use another network.',
    final: true,
  })
}
