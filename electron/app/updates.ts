import { app } from 'electron'
import { getJson } from '../adapters/get-json.ts'
import { UpdateCheck } from '../core/update/update-check.ts'
import type { Services } from '../services/services.ts'
import type { OwnNotices } from '../shell/own-notices.ts'

/** Starts to look for new versions, and returns what ends that. Loaded only where a release feed is known. */
export function lookForUpdates(
  feed: URL,
  { store, clock, openHttp }: Services,
  notices: OwnNotices,
): () => void {
  const headers = { accept: 'application/json', 'user-agent': 'TokenTray' }
  const check = new UpdateCheck({
    store,
    clock,
    version: app.getVersion(),
    ask: () => getJson(feed, headers, openHttp),
    tell: ({ version }) => {
      notices.tell(`TokenTray ${version} is out. Its notes and its page are in the settings, under Updates.`)
    },
  })
  void check.start()
  return () => {
    check.stop()
  }
}
