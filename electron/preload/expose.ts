import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import { channelOf, type Names } from '../contract/contract.ts'

/**
 * Gives a page its bridge as `window[global]`: a function per request, and `on` for its events. Knows the contract by
 * its names alone, because a sandboxed preload script is a single file that can't load the schemas.
 * @param early a request without content, made while the page's scripts load and kept for its first call of it
 */
export function expose(global: string, page: string, { requests, events }: Names, early?: string): void {
  const keptReply = early === undefined ? () => null : makeEarly(channelOf(page, early), page, events)
  const calls = requests.map((name) => {
    const call = (request: unknown): Promise<unknown> =>
      (name === early ? keptReply() : null) ?? ipcRenderer.invoke(channelOf(page, name), request)
    return [name, call] as const
  })
  const on = (event: string, listener: (payload: unknown) => void): (() => void) => {
    // A page that was taken over must not listen to anything else.
    if (!events.includes(event)) throw new Error('refused')
    const forward = (_event: IpcRendererEvent, payload: unknown): void => {
      listener(payload)
    }
    ipcRenderer.on(channelOf(page, event), forward)
    return () => {
      ipcRenderer.off(channelOf(page, event), forward)
    }
  }
  contextBridge.exposeInMainWorld(global, { ...Object.fromEntries(calls), on })
}

/**
 * Makes a request before the page does.
 * @returns gives the reply out once, and null afterwards or when an event may have made it old
 */
function makeEarly(channel: string, page: string, events: readonly string[]): () => Promise<unknown> | null {
  let reply: Promise<unknown> | null = ipcRenderer.invoke(channel)
  // A page that never asks does not care either.
  reply.catch(() => undefined)
  const take = (): Promise<unknown> | null => {
    const taken = reply
    reply = null
    return taken
  }
  for (const event of events) ipcRenderer.once(channelOf(page, event), () => void take())
  return take
}
