import { describe, expect, test, vi } from 'vitest'
import { loginFailure } from '../../../tests/support/failure.ts'
import { gate, madeUpDomain, type Gate } from '../../../tests/support/made-up-broker.ts'
import { MemoryKeychain } from '../../adapters/memory-keychain.ts'
import { tokenKey } from '../state/account.ts'
import { LoginError } from '../errors.ts'
import type { Secret } from '../secret.ts'

describe('a new token', () => {
  test('is kept as “none” while a part of it could not be stored', async () => {
    class FailingKeychain extends MemoryKeychain {
      locked = false
      override set(key: string, value: Secret): Promise<void> {
        if (this.locked && key === tokenKey('main', 'second'))
          return Promise.reject(new LoginError('keychain-locked'))
        return super.set(key, value)
      }
    }
    const keychain = new FailingKeychain()
    const { engine, tokens, account } = await madeUpDomain({}, keychain)
    await engine.login('main')
    keychain.locked = true
    expect((await loginFailure(engine.login('main', { force: true }))).kind).toBe('keychain-locked')
    expect(tokens.freshness('main')).toBe('none')
    expect(account().problem?.kind).toBe('keychain-locked')
    expect((await loginFailure(tokens.bundle('main'))).kind).toBe('token-expired')
    keychain.locked = false
    expect(await engine.login('main')).toBe('obtained')
  })

  test('that the broker refuses when it is tried is rejected, and not handed out', async () => {
    const { engine, tokens } = await madeUpDomain({
      probe: () => Promise.reject(new LoginError('token-expired')),
    })
    await loginFailure(engine.login('main'))
    expect(tokens.freshness('main')).toBe('rejected')
    expect((await loginFailure(tokens.bundle('main'))).kind).toBe('token-expired')
  })

  test('is unverified when it could not be tried', async () => {
    const { engine, tokens } = await madeUpDomain({
      probe: () => Promise.reject(new LoginError('broker-down')),
    })
    expect((await loginFailure(engine.login('main'))).kind).toBe('broker-down')
    expect(tokens.freshness('main')).toBe('unverified')
  })

  test('is not rejected by the late answer to a question about the old one', async () => {
    const asked = gate()
    const answer = gate()
    let probes = 0
    const { engine, tokens, clock } = await madeUpDomain({
      probe: async () => {
        if (++probes !== 2) return
        asked.open()
        await answer.opened
        throw new LoginError('token-expired')
      },
    })
    await engine.login('main')
    const late = loginFailure(engine.probe('main', new AbortController().signal))
    await asked.opened
    clock.advance(60_000)
    await engine.login('main', { force: true })
    answer.open()
    expect((await late).kind).toBe('token-expired')
    expect(tokens.freshness('main')).toBe('fresh')
  })

  test('takes its times from the brokers’ clock', async () => {
    const { engine, account, offset, clock } = await madeUpDomain()
    offset.observe('https://broker.example', clock.now() + 90_000 - 500, clock.now(), clock.now())
    await engine.login('main')
    expect(account().token?.issuedAt).toBe(clock.now() + 90_000)
  })

  describe('is tried while it is stored', () => {
    /** Stores a token only when it may. */
    class PatientKeychain extends MemoryKeychain {
      readonly stored: Gate = gate()
      isLocked = false

      override async set(key: string, value: Secret): Promise<void> {
        if (key === tokenKey('main', 'first')) {
          await this.stored.opened
          if (this.isLocked) throw new LoginError('keychain-locked')
        }
        await super.set(key, value)
      }
    }

    test('and counts as good once both are done', async () => {
      const keychain = new PatientKeychain()
      const { engine, tokens } = await madeUpDomain(
        {
          probe: () => {
            expect(tokens.freshness('main')).toBe('none')
            keychain.stored.open()
            return Promise.resolve()
          },
        },
        keychain,
      )
      expect(await engine.login('main')).toBe('obtained')
      expect(tokens.freshness('main')).toBe('fresh')
    })

    test('and what can’t be stored ends the login only after the broker’s answer', async () => {
      const keychain = new PatientKeychain()
      keychain.isLocked = true
      const asked = gate()
      const answer = gate()
      const happened: string[] = []
      const { engine, tokens } = await madeUpDomain(
        {
          probe: async () => {
            asked.open()
            await answer.opened
            happened.push('answered')
          },
        },
        keychain,
      )
      const login = loginFailure(engine.login('main')).finally(() => happened.push('ended'))
      await asked.opened
      keychain.stored.open()
      // Long enough for a login that does not wait to end.
      await new Promise(setImmediate)
      answer.open()
      expect((await login).kind).toBe('keychain-locked')
      expect(happened).toEqual(['answered', 'ended'])
      expect(tokens.freshness('main')).toBe('none')
    })

    test('and one that had ended before is neither stored nor tried', async () => {
      const keychain = new PatientKeychain()
      keychain.isLocked = true
      keychain.stored.open()
      const probe = vi.fn(() => Promise.resolve())
      const { engine } = await madeUpDomain({ expiresAt: (issuedAt) => issuedAt, probe }, keychain)
      expect((await loginFailure(engine.login('main'))).kind).toBe('protocol-changed')
      expect(probe).not.toHaveBeenCalled()
    })
  })
})
