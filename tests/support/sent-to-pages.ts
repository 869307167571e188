import { z } from 'zod'
import type { App } from './app.ts'

/** Records in the main process everything that is sent to any page: replies, pushed messages and refusals. */
export async function recordSentToPages(app: App): Promise<void> {
  await app.electron.evaluate(({ app: electronApp, ipcMain, webContents }) => {
    const sent: string[] = []
    Reflect.set(globalThis, 'sentToPages', sent)
    const tap = (contents: Electron.WebContents): void => {
      const send = contents.send.bind(contents)
      contents.send = (channel, ...args: unknown[]) => {
        sent.push(JSON.stringify([channel, args]))
        send(channel, ...args)
      }
    }
    webContents.getAllWebContents().forEach(tap)
    electronApp.on('web-contents-created', (_event, contents) => {
      tap(contents)
    })

    // Electron has no public way to see the replies of `ipcMain.handle`.
    const handlers: unknown = Reflect.get(ipcMain, '_invokeHandlers')
    if (!(handlers instanceof Map)) throw new Error('Electron keeps its handlers elsewhere now.')
    const isHandler = (value: unknown): value is (...args: unknown[]) => unknown =>
      typeof value === 'function'
    const set = handlers.set.bind(handlers)
    // Some handlers are added later, with the code of a window that opens for the first time.
    handlers.set = (channel: unknown, handle: unknown) => {
      if (!isHandler(handle)) throw new Error('A handler is no function.')
      return set(channel, async (...args: unknown[]) => {
        try {
          const answer = await handle(...args)
          sent.push(JSON.stringify([channel, answer]))
          return answer
        } catch (error) {
          sent.push(JSON.stringify([channel, String(error)]))
          throw error
        }
      })
    }
    for (const [channel, handle] of new Map<unknown, unknown>(handlers)) handlers.set(channel, handle)
  })
}

/** Returns everything sent since then, one line each. */
export async function sentToPages(app: App): Promise<string[]> {
  return z
    .array(z.string())
    .parse(await app.electron.evaluate((): unknown => Reflect.get(globalThis, 'sentToPages')))
}
