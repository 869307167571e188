import { releaseFeed as builtIn } from '../../package.json'
import { isSafeAddress } from '../core/address.ts'

/**
 * Returns the address of the release feed: the environment's, or else the one that this TokenTray was built with.
 * Null for none, and then nobody is asked.
 */
export function releaseFeed(env: NodeJS.ProcessEnv): URL | null {
  const address = env['TOKENTRAY_RELEASE_FEED'] ?? builtIn
  const url = URL.canParse(address) ? new URL(address) : null
  return url !== null && isSafeAddress(url) ? url : null
}
