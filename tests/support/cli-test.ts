import { test as base } from 'vitest'
import { startKiteConnect, type KiteConnectPractice } from '../../practice/kite-connect.ts'
import { Profile } from './profile.ts'

export interface Fixtures {
  /** A TokenTray without accounts. */
  readonly profile: Profile
  /** A practice broker in this very process. */
  readonly broker: KiteConnectPractice
}

/** A test with a profile and a practice broker of its own, so that several can run at a time. */
export const test = base.extend<Fixtures>({
  // Vitest reads what a fixture needs from this very pattern.
  profile: async ({}, use) => {
    const profile = await Profile.create()
    await use(profile)
    await profile.remove()
  },
  broker: async ({}, use) => {
    const broker = await startKiteConnect()
    await use(broker)
    await broker.stop()
  },
})
