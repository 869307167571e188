import path from 'node:path'
import { ChosenKeychain } from '../adapters/chosen-keychain.ts'
import { stopwatch, systemClock } from '../adapters/clock.ts'
import { loadKeytar, SystemKeychain } from '../adapters/keychain.ts'
import type { TimedKeytar } from '../adapters/timed-keytar.ts'
import { HistoryFile } from '../adapters/history-file.ts'
import { findHome, type Home } from '../adapters/home.ts'
import { httpSessions } from '../adapters/http.ts'
import { LockFiles, type BriefLocks } from '../adapters/lock-files.ts'
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
import { Certificates } from './certificates.ts'
import { credentialPassphrase } from './passphrase.ts'

/** The services that the tray app and the command line share. */
export interface Services {
  readonly home: Home
  readonly clock: Clock
  readonly keychain: Keychain
  /** Chooses between the system's keychain and the sealed one; the same as `keychain` unless that was replaced. */
  readonly chosenKeychain: ChosenKeychain
  /** The network facts that every connection to a broker uses. */
  readonly network: ProfileNetwork
  readonly openHttp: OpenHttpSession
  /** What `network` trusts beside the system's certificates. */
  readonly certificates: Certificates
  /** Tells whether an abandoned call of the system's keychain still hangs. */
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

/** What differs between the tray app, the command line and tests. */
export interface ServicesOptions {
  /** Replaces the keychain that the user has chosen. */
  readonly keychain?: Keychain
  /** Gets the passphrase of a sealed keychain; by default from systemd's credential alone. */
  readonly askPassphrase?: AskPassphrase
  /** Starts the reader of QR codes, or names its script, which is then forked. */
  readonly qrReader?: AskQrReader | string
  /** Whether a person can answer the system keychain's prompts; then its calls wait without a limit. */
  readonly attended?: boolean
  /** Runs when a call of the system's keychain takes longer than a moment. */
  readonly onSlowKeychain?: () => void
  /** Runs before the first call of the system's keychain. */
  readonly beforeKeychain?: () => Promise<void>
}

const noQrReader: AskQrReader = () => Promise.reject(new Error('There is no reader of QR codes.'))

/** Builds the services for the profile that the environment names. */
export async function composeServices(
  env: NodeJS.ProcessEnv,
  {
    keychain,
    askPassphrase = () => credentialPassphrase(env),
    qrReader = noQrReader,
    attended = false,
    onSlowKeychain: onSlow,
    beforeKeychain: before,
  }: ServicesOptions = {},
): Promise<Services> {
  const home = findHome(env)
  const clock = systemClock
  const locks = new LockFiles(path.join(home.dir, 'locks'), clock)
  const network = networkOf(home.dir, env)
  let keytar: Promise<TimedKeytar> | null = null
  // Loaded when first used, as the native module is.
  const load = async (): Promise<TimedKeytar> => {
    // Loaded meanwhile; whether it can be is for its first call to tell.
    loadKeytar().catch(() => undefined)
    const [{ TimedKeytar, KEYCHAIN_LIMIT_MS }] = await Promise.all([
      import('../adapters/timed-keytar.ts'),
      before?.(),
    ])
    const limitMs = attended ? null : KEYCHAIN_LIMIT_MS
    return new TimedKeytar(loadKeytar, { clock, limitMs, ...(onSlow && { onSlow }) })
  }
  const system = new SystemKeychain(home.keychainService, async () => (await (keytar ??= load())).loaded())
  const chosenKeychain = new ChosenKeychain(home, locks, askPassphrase, system)
  const deps = {
    home,
    clock,
    keychain: keychain ?? chosenKeychain,
    chosenKeychain,
    network,
    certificates: new Certificates(network.caFile, clock),
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
    // Loaded when first used, because few commands read a picture.
    readQrCodes: async (picture, signal) => {
      const { qrCodeReader } = await import('../adapters/qr-picture.ts')
      return qrCodeReader(clock, await starterOf(qrReader))(picture, signal)
    },
    accounts,
    engine: new LoginEngine({ ...deps, accounts, store }),
    codes: new Codes({ ...deps, accounts }),
    tokens: new Tokens({ ...deps, accounts }),
  }
}

async function starterOf(reader: AskQrReader | string): Promise<AskQrReader> {
  if (typeof reader !== 'string') return reader
  const { forkedQrReader } = await import('../adapters/qr-fork.ts')
  return forkedQrReader(reader)
}
