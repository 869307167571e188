import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startKiteConnect, type KiteConnectPractice } from '../../practice/kite-connect.ts'
import type { CommandLine } from '../support/command-line.ts'
import { OtherBus } from '../support/other-bus.ts'
import { endpointFlags, Profile } from '../support/profile.ts'

/** The environment of a server without a desktop login, and so without a session bus. */
const SERVER = { DBUS_SESSION_BUS_ADDRESS: undefined, XDG_RUNTIME_DIR: undefined, DISPLAY: undefined }
const NOWHERE = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/at/all' }

describe('tokentray ends with 5 and says what to do', () => {
  let broker: KiteConnectPractice
  let profile: Profile
  let lockedBus: OtherBus
  let unopenedBus: OtherBus

  beforeAll(async () => {
    broker = await startKiteConnect()
    profile = await Profile.create()
    await profile.addAccount('zerodha', broker)
    lockedBus = await OtherBus.start()
    await lockedBus.startKeychain()
    await lockedBus.lockKeychain()
    unopenedBus = await OtherBus.start()
    await unopenedBus.startUnopenedKeychain()
  })

  afterAll(async () => {
    await lockedBus.stop()
    await unopenedBus.stop()
    await profile.remove()
    await broker.stop()
  })

  const places: [where: string, env: () => NodeJS.ProcessEnv, words: RegExp][] = [
    ['on a server without a session bus', () => SERVER, /No keychain found\.\n.*gnome-keyring/],
    ['where the session bus is gone', () => NOWHERE, /No keychain found\.\n.*gnome-keyring/],
    ['where the keyring is locked', () => lockedBus.env, /keychain is locked\.\n.*Unlock it/],
    ['where the keyring was never opened', () => unopenedBus.env, /keychain is locked\.\n.*Unlock it/],
  ]

  test.for(places)('%s', async ([, env, words]) => {
    const cli: CommandLine = profile.cli.with(env())
    const envFile = await profile.envFile(broker)
    const before = await profile.state()
    const adding = ['account', 'add', 'other', '--broker', 'kite-connect', '--accept-terms']
    const calls = [
      [...adding, '--env-file', envFile, ...endpointFlags(broker)],
      ['login', 'zerodha'],
      ['totp', 'zerodha'],
    ]
    const ends = await Promise.all(calls.map((args) => cli.run(...args)))
    for (const { code, stdout, stderr } of ends) {
      expect({ code, stdout }).toEqual({ code: 5, stdout: '' })
      expect(stderr).toMatch(words)
    }
    expect((await profile.state()).accounts.map(({ name }) => name)).toEqual(['zerodha'])
    expect((await profile.account('zerodha')).spent).toEqual(before.accounts[0]?.spent)
    expect(broker.requests).toEqual([])
    // Calls without secrets still work, and know the reason.
    expect(await cli.mustRun('status')).toMatch(/^zerodha: (no keychain|keychain locked)\n/)
  })
})
