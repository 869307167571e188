import { isKeychainBusy } from './keychain.ts'

/** Node's names for work in its thread pool: files, and host names that are looked up. */
const onThreads = /^(FSReq|GetAddrInfo|GetNameInfo)/

/**
 * Tells whether threads of this process wait for the keychain, a file or a name server. A process that exits waits for
 * its threads without a limit, and runs no timer meanwhile.
 */
export const hasBusyThreads = (): boolean =>
  isKeychainBusy() || process.getActiveResourcesInfo().some((name) => onThreads.test(name))
