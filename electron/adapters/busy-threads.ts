import { isKeychainBusy } from './keychain.ts'

/** Node's names for what a thread of its pool does for us: files, and names of computers that are looked up. */
const onThreads = /^(FSReq|GetAddrInfo|GetNameInfo)/

/**
 * Whether threads wait for the system on our behalf: for the keychain, a file, a name server. A process that exits
 * waits for its threads, without a limit, and runs no timer meanwhile.
 */
export const hasBusyThreads = (): boolean =>
  isKeychainBusy() || process.getActiveResourcesInfo().some((name) => onThreads.test(name))
