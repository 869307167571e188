import { describe, expect } from 'vitest'
import { registry } from '../../electron/core/brokers/registry.ts'
import { practiceBrokerIds, startPracticeBroker } from '../../practice/start.ts'
import { test } from '../support/cli-test.ts'
import { HASTE, tokenOf } from '../support/every-broker.ts'

test('every broker can be practised with', () => {
  expect([...practiceBrokerIds].sort()).toEqual([...registry.keys()].sort())
})

describe.concurrent('the command line', () => {
  test.for(practiceBrokerIds)(
    'logs in at %s, hands its token out and logs out',
    async (id, { profile, onTestFinished }) => {
      const broker = registry.get(id) ?? expect.unreachable()
      const practice = await startPracticeBroker(id)
      onTestFinished(() => practice.stop())
      await profile.addAccount(id, practice, HASTE)

      expect(await profile.cli.mustRun('login', id)).toMatch(`${id}: ready`)
      expect(await profile.cli.mustRun('status', id)).toMatch(`${id}: ready`)
      const token = await tokenOf(profile, id)
      expect(Object.keys(token)).toEqual(Object.keys(broker.exports))
      expect(practice.accepts(token)).toBe(true)

      const again: unknown = JSON.parse(await profile.cli.mustRun('login', id, '--json'))
      expect(again).toEqual({ accounts: [{ name: id, result: 'kept' }] })
      expect(await tokenOf(profile, id)).toEqual(token)
      expect(practice.loginsCompleted).toBe(1)

      const words = await profile.cli.mustRun('logout', id)
      expect(words).toContain(broker.revoke === null ? 'forgotten here' : 'revoked')
      expect(await profile.cli.mustRun('status', id)).toBe(`${id}: no token yet`)
      expect(practice.accepts(token)).toBe(broker.revoke === null)
    },
  )
})
