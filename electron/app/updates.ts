import { app } from 'electron'
import { releaseFeed as builtIn } from '../../package.json'
import { getJson } from '../adapters/get-json.ts'
import { isSafeAddress } from '../core/address.ts'
import { UpdateCheck } from '../core/update/update-check.ts'
import type { Services } from '../services/services.ts'
import type { OwnNotices } from '../shell/own-notices.ts'

/**
 * Returns the address of the release feed: the environment's, or else the one that this TokenTray was built with.
 * Null for none, and then nobody is asked.
 */
export function releaseFeed(env: NodeJS.ProcessEnv): URL | null {
  const address = env['TOKENTRAY_RELEASE_FEED'] ?? builtIn
  const url = URL.canParse(address) ? new URL(address) : null
  return url !== null && isSafeAddress(url) ? url : null
}

/** Starts to look for new versions, and returns what ends that. */
export function lookForUpdates({ store, clock, openHttp }: Services, notices: OwnNotices): () => void {
  const feed = releaseFeed(process.env)
  if (feed === null) return () => undefined
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
