import { describe, expect, test } from 'vitest'
import { loginFailure } from '../../../tests/support/failure.ts'
import { madeUpDomain } from '../../../tests/support/made-up-broker.ts'
import { LoginError } from '../errors.ts'
import { withAccount } from '../state/state.ts'

const never = new AbortController().signal

/** A broker that answers questions about tokens with an error, until it is told otherwise. */
async function morningOf(kind: 'ip-not-allowed' | 'subscription' | 'protocol-changed') {
  const broker = { error: new LoginError(kind, { brokerWords: 'Not from there.' }) }
  const probes = { made: 0 }
  const probe = (): Promise<void> => {
    probes.made++
    return Promise.reject(broker.error)
  }
  return { ...(await madeUpDomain({ probe })), broker, probes }
}

describe.each(['ip-not-allowed', 'subscription'] as const)('a probe that ends with %s', (kind) => {
  test('leaves a new token alone: it is kept, handed out, and said to be unverified', async () => {
    const { account, engine, history, tokens } = await morningOf(kind)
    expect(await engine.login('main')).toBe('obtained')
    expect(account().problem).toMatchObject({ kind, brokerWords: 'Not from there.' })
    expect(tokens.freshness('main')).toBe('unverified')
    expect((await tokens.primary('main')).reveal()).toBe('token one')
    expect(history.events.map(({ event }) => event)).toEqual(['obtained'])
    expect(account().trace?.result).toBe('obtained')
  })

  test('is no reason for another login', async () => {
    const { engine, probes, account } = await morningOf(kind)
    await engine.login('main')
    const { issuedAt } = account().token ?? {}
    expect(await engine.login('main')).toBe('kept')
    expect(probes.made).toBe(2)
    expect(account().token?.issuedAt).toBe(issuedAt)
  })

  test('costs a token that worked before nothing but its being verified', async () => {
    const { account, engine, store } = await morningOf(kind)
    await engine.login('main')
    await store.update((state) =>
      withAccount(state, 'main', (before) => ({
        ...before,
        token: before.token && { ...before.token, seen: 'accepted' },
      })),
    )
    expect((await loginFailure(engine.probe('main', never))).kind).toBe(kind)
    expect(account().token?.seen).toBe('unverified')
  })
})

test('another error of the probe ends the login, with the token kept for the next question', async () => {
  const { account, engine } = await morningOf('protocol-changed')
  expect((await loginFailure(engine.login('main'))).kind).toBe('protocol-changed')
  expect(account().token?.seen).toBe('unverified')
})
