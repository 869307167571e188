import { startKiteConnect } from '../practice/kite-connect.ts'
import type { PracticeBroker } from '../practice/practice-broker.ts'
import { Profile } from '../tests/support/profile.ts'
import { TrayWatcher } from '../tests/support/tray-watcher.ts'
import { TrayProgram, type Program } from './tray-program.ts'

/** Accounts added in parallel; more would only wait for each other. */
const AT_ONCE = 4

/** Holds the environment of all measurements: a desktop's tray, practice accounts and durations. */
export interface Setting {
  /** Path of the Electron executable. */
  readonly electron: string
  readonly watcher: TrayWatcher
  /** Duration of each idle measurement, s. */
  readonly seconds: number
  /** Repetitions of every other measurement. */
  readonly runs: number
  /** Returns a profile with that many accounts at one practice broker. */
  readonly profileOf: (accounts: number) => Promise<Profile>
  readonly start: (
    program: Program,
    profile: Profile,
    extraEnv?: Readonly<Record<string, string>>,
  ) => Promise<TrayProgram>
}

type Lengths = Pick<Setting, 'electron' | 'seconds' | 'runs'>

/** Measures in a new environment and removes it afterwards. */
export async function inSetting<T>(lengths: Lengths, measure: (setting: Setting) => Promise<T>): Promise<T> {
  const watcher = await TrayWatcher.start()
  const broker = await startKiteConnect()
  const profiles: Profile[] = []
  try {
    return await measure({
      ...lengths,
      watcher,
      profileOf: async (accounts) => {
        const profile = await Profile.create()
        profiles.push(profile)
        await addAccounts(profile, broker, accounts)
        return profile
      },
      start: (program, profile, extraEnv = {}) =>
        TrayProgram.start(program, lengths.electron, { ...profile.env, ...extraEnv }, watcher),
    })
  } finally {
    for (const profile of profiles) await profile.remove()
    await broker.stop()
    watcher.stop()
  }
}

async function addAccounts(profile: Profile, broker: PracticeBroker, count: number): Promise<void> {
  const names = Array.from({ length: count }, (_, index) => `account-${index + 1}`)
  while (names.length > 0) {
    await Promise.all(names.splice(0, AT_ONCE).map((name) => profile.addAccount(name, broker)))
  }
}
