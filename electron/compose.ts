import path from 'node:path'
import { ChosenKeychain } from './adapters/chosen-keychain.ts'
import { stopwatch, systemClock } from './adapters/clock.ts'
import { HistoryFile } from './adapters/history-file.ts'
import { findHome, type Home } from './adapters/home.ts'
import { httpSessions } from './adapters/http.ts'
import { LockFiles } from './adapters/lock-files.ts'
import { credentialPassphrase } from './adapters/passphrase.ts'
import type { AskPassphrase } from './adapters/sealed-keychain.ts'
import { StateFile } from './adapters/state-file.ts'
import { Accounts } from './core/accounts/accounts.ts'
import type { Broker } from './core/brokers/broker.ts'
import { registry } from './core/brokers/registry.ts'
import { LoginEngine } from './core/login/engine.ts'
import { TROUBLE_PAUSES_MS } from './core/login/retry.ts'
import type { AskQrReader, Clock, History, Keychain, ReadQrCodes } from './core/ports.ts'
import { Tokens } from './core/tokens/tokens.ts'
import { ClockOffset } from './core/totp/clock-offset.ts'
import { Codes } from './core/totp/codes.ts'

/** What the tray app and the command line share. */
export interface Services {
  readonly home: Home
  readonly clock: Clock
  readonly keychain: Keychain
  /** The same, unless that was replaced: for choosing between the system's and the sealed one. */
  readonly chosenKeychain: ChosenKeychain
  readonly store: StateFile
  readonly history: History
  readonly brokers: ReadonlyMap<string, Broker>
  readonly accounts: Accounts
  readonly engine: LoginEngine
  readonly codes: Codes
  readonly tokens: Tokens
  readonly offset: ClockOffset
  readonly readQrCodes: ReadQrCodes
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
): Promise<Services> {
  const home = findHome(env)
  const clock = systemClock
  const locks = new LockFiles(path.join(home.dir, 'locks'), clock)
  const chosenKeychain = new ChosenKeychain(home, locks, ask)
  const parts = {
    home,
    clock,
    keychain: keychain ?? chosenKeychain,
    chosenKeychain,
    locks,
    history: new HistoryFile(home.dir, locks, clock),
    openHttp: httpSessions(clock),
    offset: new ClockOffset(clock, stopwatch),
    brokers: registry,
    troublePauses: TROUBLE_PAUSES_MS,
  }
  const store = await StateFile.open(home.dir, parts.locks, clock)
  const accounts = new Accounts({ ...parts, store })
  return {
    ...parts,
    store,
    // Loaded when first used: few commands look at a picture.
    readQrCodes: async (picture, signal) => {
      const { qrCodeReader } = await import('./adapters/qr-picture.ts')
      return qrCodeReader(clock, askQrReader)(picture, signal)
    },
    accounts,
    engine: new LoginEngine({ ...parts, store }),
    codes: new Codes({ ...parts, accounts }),
    tokens: new Tokens({ ...parts, accounts }),
  }
}
