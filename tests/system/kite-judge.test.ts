import { KiteConnect } from 'kiteconnect'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startKiteConnect, type KiteConnectPractice } from '../../practice/kite-connect.ts'
import { Profile } from '../support/profile.ts'

describe('Zerodha’s own client library', () => {
  let broker: KiteConnectPractice
  let profile: Profile

  beforeAll(async () => {
    broker = await startKiteConnect()
    profile = await Profile.create()
    await profile.addAccount('zerodha', broker)
  })

  afterAll(async () => {
    await profile.remove()
    await broker.stop()
  })

  function client(accessToken: string) {
    const kite = new KiteConnect({ api_key: broker.credentials.api_key, root: broker.endpoints.api })
    kite.setAccessToken(accessToken)
    return kite
  }

  test('gets the profile with the token that the command line prints', async () => {
    const token = await profile.cli.mustRun('token', 'zerodha', '--login')
    await expect(client(token).getProfile()).resolves.toMatchObject({ user_id: 'PR0001', broker: 'ZERODHA' })
  })

  test('gets nothing with another token', async () => {
    await expect(client('0'.repeat(32)).getProfile()).rejects.toMatchObject({ error_type: 'TokenException' })
  })
})
