import { ipcMain, type BrowserWindow, type IpcMain, type IpcMainInvokeEvent } from 'electron'
import type * as z from 'zod/mini'
import {
  channelOf,
  type Contract,
  type Exchange,
  type Handler,
  type Handlers,
} from '../../contract/contract.ts'
import { pageUrl, type PageName } from './pages.ts'

/** Compiling a schema takes longer than all that a page ever asks, and the first click would wait for it. */
const UNCOMPILED = { jitless: true }

/** The whole answer to a page that asks for something it may not. It repeats nothing of the request. */
export class RefusedError extends Error {
  constructor() {
    super('refused')
  }
}

/** Tells whether a page's request is answered now. */
export interface RequestLock {
  answers(page: PageName, request: string): boolean
}

/** Returns a handler between its two schemas: nothing passes in or out that the contract does not name. */
export function route<E extends Exchange>(
  exchange: E,
  handle: Handler<E>,
): (payload: unknown) => Promise<unknown> {
  const request: E['request'] = exchange.request
  return async (payload) => {
    const asked = request.safeParse(payload, UNCOMPILED)
    if (!asked.success) throw new RefusedError()
    const replied = exchange.reply.safeParse(await handle(asked.data), UNCOMPILED)
    if (!replied.success) throw new RefusedError()
    return replied.data
  }
}

/**
 * Answers a page's requests, if they come from the main frame of our own window showing our own page.
 * @param window returns the window that shows the page now, if any
 * @param lock decides which requests are answered while the app is locked
 * @param ipc the channels of one window, for a page that several windows show
 */
export function serve<C extends Contract>(
  page: PageName,
  window: () => BrowserWindow | null,
  contract: C,
  handlers: Handlers<C>,
  lock: RequestLock,
  ipc: Pick<IpcMain, 'handle'> = ipcMain,
): void {
  const requests: C['requests'] = contract.requests
  for (const name in requests) {
    const answer = route(requests[name], handlers[name])
    ipc.handle(channelOf(page, name), async (event, payload: unknown) => {
      if (!isFrom(event, window(), page) || !lock.answers(page, name)) throw new RefusedError()
      try {
        return await answer(payload)
      } catch {
        // A refusal, or a bug of ours whose words may hold anything: either way they stay here.
        throw new RefusedError()
      }
    })
  }
}

/**
 * Sends a page one of its contract's events, without what the contract does not name. A payload of the wrong shape is
 * not sent.
 */
export function send<C extends Contract, N extends keyof C['events'] & string>(
  page: PageName,
  { webContents }: BrowserWindow,
  contract: C,
  event: N,
  payload: z.input<C['events'][N]>,
): void {
  const checked = contract.events[event]?.safeParse(payload, UNCOMPILED)
  if (checked?.success === true) webContents.send(channelOf(page, event), checked.data)
}

function isFrom(event: IpcMainInvokeEvent, window: BrowserWindow | null, page: PageName): boolean {
  if (window === null || window.isDestroyed() || event.sender !== window.webContents) return false
  const frame = event.senderFrame
  return frame !== null && frame === window.webContents.mainFrame && frame.url === pageUrl(page)
}
