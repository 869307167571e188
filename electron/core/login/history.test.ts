import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { temporaryDir } from '../../../tests/support/child.ts'
import { loginFailure } from '../../../tests/support/failure.ts'
import { kiteMorning } from '../../../tests/support/kite-morning.ts'
import { madeUpDomain } from '../../../tests/support/made-up-broker.ts'
import { HistoryFile } from '../../adapters/history-file.ts'
import { LoginError } from '../errors.ts'
import { actors } from '../state/history.ts'
import { LoginEngine } from './engine.ts'

const never = new AbortController().signal

describe('the history', () => {
  test.each(actors)('says when a token came and that %s asked for it', async (by) => {
    const { engine, clock, history } = await madeUpDomain()
    await engine.login('main', { by })
    expect(history.events).toEqual([{ at: clock.now(), account: 'main', event: 'obtained', by }])
  })

  test('says that it was the tray when nobody is named', async () => {
    const { engine, history } = await madeUpDomain()
    await engine.login('main')
    expect(history.events[0]?.by).toBe('tray')
  })

  test('says once that a token came for whom many had asked', async () => {
    const { engine, history } = await madeUpDomain()
    await Promise.all([engine.login('main', { by: 'schedule' }), engine.login('main', { by: 'exec' })])
    expect(history.events).toMatchObject([{ event: 'obtained', by: 'schedule' }])
  })

  test('says nothing of a token that was kept', async () => {
    const { engine, history } = await madeUpDomain()
    await engine.login('main')
    expect(await engine.login('main', { by: 'schedule' })).toBe('kept')
    expect(history.events).toHaveLength(1)
  })

  test('says nothing of a login that failed', async () => {
    const { engine, history } = await madeUpDomain({
      login: () => Promise.reject(new LoginError('bad-credentials')),
    })
    await loginFailure(engine.login('main'))
    expect(history.events).toEqual([])
  })

  test('says when a token was revoked and who asked for it', async () => {
    const { engine, clock, history } = await kiteMorning()
    await engine.login('kite')
    clock.advance(60_000)
    await engine.logout('kite', never, 'command line')
    const revoked = { at: clock.now(), account: 'kite', event: 'revoked', by: 'command line' }
    expect(history.events.slice(1)).toEqual([revoked])
  })

  test('says so too when the broker had ended the token before', async () => {
    const { engine, broker, history } = await kiteMorning()
    await engine.login('kite')
    broker.endSessions()
    await engine.logout('kite', never)
    expect(history.events.map(({ event, by }) => `${event} by ${by}`)).toEqual([
      'obtained by tray',
      'revoked by tray',
    ])
  })

  test('says nothing of a logout without a token', async () => {
    const { engine, history } = await kiteMorning()
    await engine.logout('kite', never)
    expect(history.events).toEqual([])
  })

  test('does not call a token revoked that the broker has no way to end', async () => {
    const { engine, history } = await madeUpDomain()
    await engine.login('main')
    await engine.logout('main', new AbortController().signal)
    expect(history.events.map(({ event }) => event)).toEqual(['obtained', 'forgotten'])
  })

  test('says nothing of a token that could not be revoked', async () => {
    const { engine, broker, history, tokens } = await kiteMorning()
    await engine.login('kite')
    broker.fault({ at: 'DELETE /session/token', kind: 'status', status: 502, body: 'html' })
    await loginFailure(engine.logout('kite', never))
    expect(history.events).toHaveLength(1)
    expect(tokens.freshness('kite')).toBe('fresh')
  })

  test('holds no secret', async () => {
    const { engine, broker, history, tokens } = await kiteMorning()
    await engine.login('kite')
    const token = (await tokens.primary('kite')).reveal()
    await engine.logout('kite', never)
    const text = JSON.stringify(history.events)
    for (const value of [...Object.values(broker.credentials), token]) expect(text).not.toContain(value)
  })

  test('that can’t be written costs neither login nor logout', async () => {
    const temporary = await temporaryDir()
    onTestFinished(() => temporary.remove())
    const file = path.join(temporary.dir, 'a file')
    await writeFile(file, '')
    const parts = await madeUpDomain()
    const history = new HistoryFile(file, parts.locks, parts.clock)
    const engine = new LoginEngine({ ...parts, history })
    expect(await engine.login('main')).toBe('obtained')
    expect(parts.tokens.freshness('main')).toBe('fresh')
    await engine.logout('main', never)
    expect(parts.tokens.freshness('main')).toBe('none')
  })
})
