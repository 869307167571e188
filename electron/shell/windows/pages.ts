import { readFileSync } from 'node:fs'
import path from 'node:path'
import {
  BrowserWindow,
  nativeTheme,
  protocol,
  session,
  type BrowserWindowConstructorOptions,
  type ProtocolResponse,
  type Session,
} from 'electron'
import { ownFile } from '../own-file.ts'
import { devServer, fromDevServer, isOfDevServer } from './dev-server.ts'
import { allowNavigation, safePreferences } from './hardening.ts'
import { pageBackground } from './theme.ts'

const SCHEME = 'tokentray'
const ORIGIN = `${SCHEME}://app`

export type PageName = 'popover' | 'account-form' | 'settings' | 'sign-in'

const preloads: Readonly<Record<PageName, string>> = {
  popover: 'preload.cjs',
  'account-form': 'account-form-preload.cjs',
  settings: 'settings-preload.cjs',
  'sign-in': 'sign-in-preload.cjs',
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Every address that Chromium could ask for and that is not of our scheme. */
const ELSEWHERE = ['*://*/*', 'ws://*/*', 'wss://*/*', 'file://*/*']

const notFound: ProtocolResponse = { statusCode: 404, data: Buffer.alloc(0) }

/** The address of a page, the only one its window ever shows. */
export const pageUrl = (page: PageName): string => `${ORIGIN}/${page}.html`

/** Has to run before Electron is ready. */
export function declarePageScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }])
}

/** A window for one of our pages: sandboxed, with no network, no storage that outlives it and no way elsewhere. */
export function createPageWindow(page: PageName, options: BrowserWindowConstructorOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...options,
    show: false,
    backgroundColor: pageBackground(nativeTheme),
    // Decoding it delays the popover, which is in no list of windows that would show it.
    ...(options.skipTaskbar !== true && { icon: ownFile('assets', 'icon.png') }),
    webPreferences: {
      ...safePreferences,
      session: pageSession(),
      preload: ownFile('dist', preloads[page]),
    },
  })
  window.removeMenu()
  // Hot reload loads the page anew where it can't change a part of it.
  if (IS_DEV_BUILD && devServer !== null) allowNavigation(window.webContents)
  // An empty page may be gone to without asking.
  window.webContents.on('did-navigate', (_event, url) => {
    if (url !== pageUrl(page)) void window.loadURL(pageUrl(page)).catch(() => undefined)
  })
  // Rejects when the window is closed while its page is still loading, which is nobody's concern.
  window.loadURL(pageUrl(page)).catch(() => undefined)
  return window
}

let sharedSession: Session | null = null

/** In memory only: a partition without `persist:`. */
function pageSession(): Session {
  if (sharedSession !== null) return sharedSession
  const pages = session.fromPartition('pages')
  // docs/decisions/6-pages-from-buffers.md
  // oxlint-disable-next-line typescript/no-deprecated
  pages.protocol.registerBufferProtocol(SCHEME, ({ url, headers }, answer) => {
    if (IS_DEV_BUILD && devServer !== null) {
      fromDevServer(devServer, url, headers).then(answer, () => {
        answer(notFound)
      })
    } else answer(servePage(new URL(url)))
  })
  // Only what would leave this page's scheme is looked at, because each look takes time at the first click.
  pages.webRequest.onBeforeRequest({ urls: ELSEWHERE }, (details, answer) => {
    answer({ cancel: !(IS_DEV_BUILD && isOfDevServer(details.url)) })
  })
  sharedSession = pages
  return pages
}

/** Answers at once, because a small file is read sooner than a thread is found for it. */
function servePage(url: URL): ProtocolResponse {
  const pages = ownFile('dist', 'renderer')
  try {
    // Throws for a broken escape, which nobody else would catch.
    const file = path.join(pages, path.normalize(decodeURIComponent(url.pathname)))
    const contentType = contentTypes[path.extname(file)]
    const inside = file.startsWith(pages + path.sep)
    if (url.host !== 'app' || !inside || contentType === undefined) return notFound
    return {
      data: readFileSync(file),
      headers: {
        'content-type': contentType,
        'content-security-policy': contentSecurityPolicy,
        'x-content-type-options': 'nosniff',
      },
    }
  } catch {
    return notFound
  }
}
