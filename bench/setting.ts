import { startKiteConnect } from '../practice/kite-connect.ts'
import type { PracticeBroker } from '../practice/practice-broker.ts'
import { Profile } from '../tests/support/profile.ts'
import { TrayWatcher } from '../tests/support/tray-watcher.ts'
import { TrayProgram, type Program } from './tray-program.ts'

/** Added at the same time: more would only wait for each other. */
const AT_ONCE = 4

/** Where everything is measured: a desktop's tray, practice accounts, and the length of what takes time. */
export interface Setting {
  /** The executable. */
  readonly electron: string
  readonly watcher: TrayWatcher
  /** How long idling is watched, s. */
  readonly seconds: number
  /** How often everything else is repeated. */
  readonly runs: number
  /** A profile with so many accounts at one practice broker. */
  readonly profileOf: (accounts: number) => Promise<Profile>
  readonly start: (
    program: Program,
    profile: Profile,
    extraEnv?: Readonly<Record<string, string>>,
  ) => Promise<TrayProgram>
}

type Lengths = Pick<Setting, 'electron' | 'seconds' | 'runs'>

/** Measures in a setting of its own, of which nothing is left at the end. */
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
