import { hasSessionBus } from '../adapters/bus-connection.ts'
import { unusedProxy } from '../adapters/connection-errors.ts'
import type { KeychainKind } from '../adapters/chosen-keychain.ts'
import {
  findElectron,
  isClockSynchronised,
  runningElectron,
  systemName,
  type ElectronFound,
} from '../adapters/machine.ts'
import { findTrayHost } from '../adapters/tray-host.ts'
import type { TrustedCertificate } from './certificates.ts'
import type { FolderFacts } from './finding.ts'
import type { Services } from './services.ts'
import { examineFolder } from './state-folder.ts'

/** What the doctor can tell of this computer without asking a broker. */
export interface ComputerFacts {
  /** Such as `Linux 6.1.0`. */
  readonly system: string
  readonly folder: FolderFacts
  readonly keychainKind: KeychainKind
  readonly hasSessionBus: boolean
  /** Whether the system keeps its clock by network time; null when it does not say. */
  readonly isClockSynchronised: boolean | null
  /** Whether something shows tray icons; null when not known. */
  readonly trayHost: boolean | null
  /** The Electron installed beside this program. */
  readonly electron: ElectronFound | null
  /** The version of the Electron that runs the tray app; null when none is seen to run. */
  readonly electronRunning: string | null
  readonly trusted: readonly TrustedCertificate[]
  /** Says that the environment names a proxy that is not used; null when it names none. */
  readonly unusedProxy: string | null
}

/** Finds out what this computer offers a profile. */
export async function examineComputer(
  { certificates, chosenKeychain, home, network }: Services,
  env: NodeJS.ProcessEnv,
): Promise<ComputerFacts> {
  const [folder, synchronised, trayHost, electron, electronRunning, keychainKind, trusted] =
    await Promise.all([
      examineFolder(home.dir),
      isClockSynchronised(),
      findTrayHost(env),
      findElectron(),
      runningElectron(home.dir),
      chosenKeychain.kind(),
      certificates.list(),
    ])
  return {
    ...{ folder, trayHost, electron, electronRunning, keychainKind, trusted },
    system: systemName(),
    hasSessionBus: hasSessionBus(env),
    isClockSynchronised: synchronised,
    unusedProxy: unusedProxy(network.env),
  }
}
