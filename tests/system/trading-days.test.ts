import { describe, expect } from 'vitest'
import { test } from '../support/cli-test.ts'
import { todayInIndia } from '../support/six-in-india.ts'

describe.concurrent('tokentray login --trading-days', () => {
  test('asks nobody anything on a day on which the exchange is closed', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    await profile.cli.mustRun('schedule', 'day', todayInIndia(), 'closed')
    const { code, stdout, stderr } = await profile.cli.run('login', '--trading-days')
    expect([code, stdout]).toEqual([0, ''])
    expect(stderr).toContain('The exchange is closed today')
    expect(broker.requests).toEqual([])
    expect(JSON.parse(await profile.cli.mustRun('login', '--trading-days', '--json'))).toEqual({
      accounts: [],
    })
  })

  test('logs in on a day on which it is open', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    await profile.cli.mustRun('schedule', 'day', todayInIndia(), 'open')
    expect(await profile.cli.mustRun('login', '--trading-days')).toMatch(/^zerodha: ready until/)
  })
})
