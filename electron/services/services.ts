import path from 'node:path'
import { ChosenKeychain } from '../adapters/chosen-keychain.ts'
import { stopwatch, systemClock } from '../adapters/clock.ts'
import { loadKeytar, SystemKeychain } from '../adapters/keychain.ts'
import type { PatientKeytar } from '../adapters/patient-keytar.ts'
import { HistoryFile } from '../adapters/history-file.ts'
import { findHome, type Home } from '../adapters/home.ts'
import { httpSessions } from '../adapters/http.ts'
import { LockFiles, type BriefLocks } from '../adapters/lock-files.ts'
import { credentialPassphrase } from '../adapters/passphrase.ts'
import { networkOf, type ProfileNetwork } from '../adapters/network.ts'
import type { AskPassphrase } from '../adapters/sealed-keychain.ts'
import { StateFile } from '../adapters/state-file.ts'
import { Accounts } from '../core/accounts/accounts.ts'
import type { Broker } from '../core/brokers/broker.ts'
import { registry } from '../core/brokers/registry.ts'
import { LoginEngine } from '../core/login/engine.ts'
import { TROUBLE_PAUSES_MS } from '../core/login/attempts/retry.ts'
import type { AskQrReader, Clock, Keychain, Locks, OpenHttpSession, ReadQrCodes } from '../core/ports.ts'
import type { History } from '../core/state/history.ts'
import { Tokens } from '../core/accounts/tokens.ts'
import { ClockOffset } from '../core/totp/clock-offset.ts'
import { Codes } from '../core/accounts/codes.ts'

/** What the tray app and the command line share. */
export interface Services {
  readonly home: Home
  readonly clock: Clock
  readonly keychain: Keychain
  /** The same, unless that was replaced: for choosing between the system's and the sealed one. */
  readonly chosenKeychain: ChosenKeychain
  /** What every connection to a broker has to know of this computer. */
  readonly network: ProfileNetwork
  readonly openHttp: OpenHttpSession
  /** Whether a call of the system's keychain hangs that nobody answers any more. */
  readonly isKeychainStuck: () => Promise<boolean>
  readonly store: StateFile
  readonly history: History
  readonly locks: Locks & BriefLocks
  readonly brokers: ReadonlyMap<string, Broker>
  readonly accounts: Accounts
  readonly engine: LoginEngine
  readonly codes: Codes
  readonly tokens: Tokens
  readonly offset: ClockOffset
  readonly readQrCodes: ReadQrCodes
}

/** How the system's keychain is waited for. */
export interface KeychainWaiting {
  /** True where a person is there to answer what it asks: then it is waited for without a limit. */
  readonly attended?: boolean
  /** Called when a call takes longer than a moment. */
  readonly onSlow?: () => void
  /** Runs before the first call. */
  readonly before?: () => Promise<void>
}

/**
 * Builds the services for the profile that the environment names.
 * @param keychain replaces the one that the user has chosen
 * @param ask for the passphrase of a sealed keychain; systemd's credential and nobody else when left out
 * @param askQrReader starts the reader of QR codes; a picture can't be read without it
 */
export async function composeServices(
  env: NodeJS.ProcessEnv,
  keychain?: Keychain,
  ask: AskPassphrase = () => credentialPassphrase(env),
  askQrReader: AskQrReader = () => Promise.reject(new Error('There is no reader of QR codes.')),
  { attended = false, onSlow, before }: KeychainWaiting = {},
): Promise<Services> {
  const home = findHome(env)
  const clock = systemClock
  const locks = new LockFiles(path.join(home.dir, 'locks'), clock)
  const network = networkOf(home.dir, env)
  let keytar: Promise<PatientKeytar> | null = null
  // Loaded when first used, as the native module is.
  const load = async (): Promise<PatientKeytar> => {
    await before?.()
    const { PatientKeytar, KEYCHAIN_LIMIT_MS } = await import('../adapters/patient-keytar.ts')
    const limitMs = attended ? null : KEYCHAIN_LIMIT_MS
    return new PatientKeytar(loadKeytar, { clock, limitMs, ...(onSlow && { onSlow }) })
  }
  const system = new SystemKeychain(home.keychainService, async () => (await (keytar ??= load())).loaded())
  const chosenKeychain = new ChosenKeychain(home, locks, ask, system)
  const deps = {
    home,
    clock,
    keychain: keychain ?? chosenKeychain,
    chosenKeychain,
    network,
    isKeychainStuck: async () => (await keytar?.catch(() => null))?.isStuck === true,
    locks,
    history: new HistoryFile(home.dir, locks, clock),
    openHttp: httpSessions(clock, null, network),
    offset: new ClockOffset(clock, stopwatch),
    brokers: registry,
    troublePauses: TROUBLE_PAUSES_MS,
  }
  const store = await StateFile.open(home.dir, deps.locks, clock)
  const accounts = new Accounts({ ...deps, store })
  return {
    ...deps,
    store,
    // Loaded when first used: few commands look at a picture.
    readQrCodes: async (picture, signal) => {
      const { qrCodeReader } = await import('../adapters/qr-picture.ts')
      return qrCodeReader(clock, askQrReader)(picture, signal)
    },
    accounts,
    engine: new LoginEngine({ ...deps, accounts, store }),
    codes: new Codes({ ...deps, accounts }),
    tokens: new Tokens({ ...deps, accounts }),
  }
}
