import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron'
import type * as z from 'zod/mini'
import { pageUrl, type PageName } from './pages.ts'

/** Handles one channel: takes what the page sent, gives what the page may have. */
export type Route = (payload: unknown) => Promise<unknown>

/** What a page is told when it asks for anything it may not. Nothing of the question comes back. */
export class RefusedError extends Error {
  constructor() {
    super('refused')
  }
}

/** A channel's handler between its two schemas: nothing gets in or out that the contract does not name. */
export function route<Q extends z.ZodMiniType, A extends z.ZodMiniType>(
  channel: { readonly request: Q; readonly response: A },
  handle: (request: z.output<Q>) => z.input<A> | Promise<z.input<A>>,
): Route {
  return async (payload) => {
    const request = channel.request.safeParse(payload)
    if (!request.success) throw new RefusedError()
    const response = channel.response.safeParse(await handle(request.data))
    if (!response.success) throw new RefusedError()
    return response.data
  }
}

/**
 * Answers a page's requests, if they come from the main frame of our own window showing our own page.
 * @param window the window that shows the page now, if any
 */
export function serve(
  page: PageName,
  window: () => BrowserWindow | null,
  routes: Readonly<Record<string, Route>>,
): void {
  for (const [channel, handle] of Object.entries(routes)) {
    ipcMain.handle(channel, async (event, payload: unknown) => {
      if (!isFrom(event, window(), page)) throw new RefusedError()
      try {
        return await handle(payload)
      } catch {
        // A refusal, or a bug of ours whose words may hold anything: either way they stay here.
        throw new RefusedError()
      }
    })
  }
}

function isFrom(event: IpcMainInvokeEvent, window: BrowserWindow | null, page: PageName): boolean {
  if (window === null || window.isDestroyed() || event.sender !== window.webContents) return false
  const frame = event.senderFrame
  return frame !== null && frame === window.webContents.mainFrame && frame.url === pageUrl(page)
}
