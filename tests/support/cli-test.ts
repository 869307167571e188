import { test as base } from 'vitest'
import { startKiteConnect, type KiteConnectPractice } from '../../practice/kite-connect.ts'
import { inThisProcess, Profile } from './profile.ts'

export interface Fixtures {
  /** A TokenTray without accounts. */
  readonly profile: Profile
  /** A practice broker in this process. */
  readonly broker: KiteConnectPractice
}

/** Runs a test with its own profile and practice broker, so that several tests can run in parallel. */
export const test = base.extend<Fixtures>({
  // Vitest reads a fixture's dependencies from this pattern.
  profile: async ({}, use) => {
    const profile = await Profile.create({}, inThisProcess)
    await use(profile)
    await profile.remove()
  },
  broker: async ({}, use) => {
    const broker = await startKiteConnect()
    await use(broker)
    await broker.stop()
  },
})
