import { describe, expect, test } from 'vitest'
import { loginFailure } from '../../../../tests/support/failure.ts'
import { morningAnswering, routes } from '../../../../tests/support/upstox-morning.ts'
import type { ProblemKind } from '../../../contract/state.ts'

describe('a reply without what was due', () => {
  const cases: [string, unknown, ProblemKind][] = [
    [routes.number, { success: true, data: { isTotpEnabled: true } }, 'protocol-changed'],
    [routes.number, { success: true, data: { validateOTPToken: 'token' } }, 'protocol-changed'],
    [routes.number, { success: true, data: { isTotpEnabled: false } }, 'second-factor-mismatch'],
    [routes.code, {}, 'protocol-changed'],
    [routes.pin, { success: 'true' }, 'protocol-changed'],
    [routes.approve, { success: true, data: {} }, 'protocol-changed'],
    [
      routes.approve,
      { success: true, data: { redirectUri: 'https://a.example/?code=' } },
      'protocol-changed',
    ],
    [routes.approve, { success: true, data: { redirectUri: 'no address' } }, 'protocol-changed'],
    [routes.approve, { success: true, data: { isApproved: false } }, 'consent-required'],
    [routes.exchange, { status: 'success', data: { access_token: 'inside' } }, 'protocol-changed'],
    [routes.exchange, { access_token: '' }, 'protocol-changed'],
    [routes.exchange, [], 'protocol-changed'],
    [routes.probe, { status: 'success', data: {} }, 'protocol-changed'],
    [routes.probe, { status: 'success' }, 'protocol-changed'],
  ]
  test.each(cases)('at %s, %j, is %s', async (route, json, kind) => {
    const { engine, tokens } = await morningAnswering(route, json)
    expect((await loginFailure(engine.login('upstox'))).kind).toBe(kind)
    expect(tokens.freshness('upstox')).not.toBe('fresh')
  })

  test('because the approval is left to the person says where to give it', async () => {
    const { engine, broker } = await morningAnswering(routes.approve, {
      success: true,
      data: { isApproved: false },
    })
    const { next } = await loginFailure(engine.login('upstox'))
    expect(next).toContain(`/v2/login/authorization/dialog?`)
    expect(next).toContain(broker.credentials.client_id)
  })
})
