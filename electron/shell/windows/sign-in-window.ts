import { BrowserWindow, session, type WebContents } from 'electron'
import type { Account } from '../../core/state/account.ts'
import { isLoopback } from '../../core/address.ts'
import { LoginError } from '../../core/errors.ts'
import type { SignIn, SignInPage } from '../../core/login/assisted.ts'
import type { Clock, Keychain } from '../../core/ports.ts'
import { ownFile } from '../own-file.ts'
import { allowNavigation, safePreferences } from './hardening.ts'
import { onceShowable } from './once-showable.ts'
import { answerProxy, throughProxy } from './sign-in-proxy.ts'

/** What a page may fetch: nothing in plain text, nothing of this computer's unless the broker is on it. */
const SAFE_PROTOCOLS: readonly string[] = ['https:', 'wss:', 'data:', 'blob:']
/** Chromium's number for a navigation that something else came before, such as our own end. */
const ABORTED = -3

/**
 * Shows a broker's own page, in a window with nothing of ours in it: no preload, no permission, and cookies that are
 * gone with it. The window ends at the address that the sign-in ends at, which is never opened.
 * @param account is looked up anew for each window
 */
export const signInWindow =
  (account: () => Account, { clock, keychain }: { clock: Clock; keychain: Keychain }): SignIn =>
  async (page, signal) => {
    const { name, proxy } = account()
    const jar = session.fromPartition(`sign-in ${name}`)
    await jar.clearStorageData()
    const proxyLogin = await throughProxy(jar, { name, proxy }, keychain)
    signal.throwIfAborted()
    const window = new BrowserWindow({
      show: false,
      width: 480,
      height: 720,
      title: titleFor(name, page.address),
      icon: ownFile('assets', 'icon.png'),
      webPreferences: { ...safePreferences, session: jar },
    })
    window.removeMenu()
    // `endOf` checks each address instead.
    allowNavigation(window.webContents)
    onceShowable(window, clock, () => {
      window.show()
    })
    answerProxy(window.webContents, proxyLogin)
    // Whoever signs in has to see where: the page's own title could say anything.
    window.on('page-title-updated', (event) => {
      event.preventDefault()
    })
    window.webContents.on('did-navigate', (_event, url) => {
      window.setTitle(titleFor(name, new URL(url)))
    })
    // WebRTC would look for ways of its own beside the proxy, and tell the page this computer's addresses.
    window.webContents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
    // A page that asks to be kept open is closed all the same.
    window.webContents.on('will-prevent-unload', (event) => {
      event.preventDefault()
    })
    try {
      return await endOf(window, page, signal)
    } finally {
      if (!window.isDestroyed()) window.destroy()
      jar.webRequest.onBeforeRequest(null)
      jar.webRequest.onHeadersReceived(null)
      await jar.clearStorageData()
      await jar.clearCache()
    }
  }

/** Resolves with the address that the sign-in ends at. */
function endOf(window: BrowserWindow, page: SignInPage, signal: AbortSignal): Promise<URL> {
  const { webContents } = window
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
  return refuse({ status, headers: new Headers({ 'content-type': 'application/json' }), body: String(body) })
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
