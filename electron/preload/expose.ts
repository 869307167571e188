import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import { channelOf, type Names } from '../contract/contract.ts'

/**
 * Gives a page its bridge as `window[global]`: a function per request, and `on` for its events. Knows the contract by
 * its names alone, because a sandboxed preload script is a single file that can't load the schemas.
 */
export function expose(global: string, page: string, { requests, events }: Names): void {
  const calls = requests.map((name) => {
    const call = (request: unknown): Promise<unknown> => ipcRenderer.invoke(channelOf(page, name), request)
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
