import { describe, expect, test } from 'vitest'
import { MemoryKeychain } from '../../adapters/memory-keychain.ts'
import type { Notifier, Notice } from '../../core/state/notice.ts'
import { Secret } from '../../core/secret.ts'
import { FakeClock } from '../../../tests/support/fake-clock.ts'
import { MemoryState, morning } from '../../../tests/support/harness.ts'
import { NotificationChannels } from './notification-channels.ts'

const ADDRESS = 'https://hooks.example.com/a-secret-path'
const TOKEN = '123456:a-secret-token'

function open(replaced: Partial<Record<'webhook' | 'telegram', Notifier>> = {}) {
  const keychain = new MemoryKeychain()
  const store = new MemoryState()
  const sent: Notice[] = []
  const notifier: Notifier = { notify: (notice) => Promise.resolve(void sent.push(notice)) }
  const notifiers = { webhook: notifier, telegram: notifier, ...replaced }
  const channels = new NotificationChannels({ keychain, store, clock: new FakeClock(morning), notifiers })
  const kept = async (key: string): Promise<string | undefined> =>
    (await keychain.get(`settings/${key}`))?.reveal()
  return { channels, store, sent, kept, outgoing: () => store.state.settings.outgoing }
}

describe('the places that notices go to', () => {
  test('are kept in the keychain, and the state says only that they are there', async () => {
    const { channels, store, kept, outgoing } = open()
    expect(await channels.keepWebhook(new Secret(` ${ADDRESS}\n`))).toEqual({ ok: true })
    expect(await channels.keepTelegram(new Secret(TOKEN), new Secret('-1001'))).toEqual({ ok: true })
    expect(await kept('webhook-url')).toBe(ADDRESS)
    expect([await kept('telegram-token'), await kept('telegram-chat')]).toEqual([TOKEN, '-1001'])
    expect(outgoing()).toEqual({
      webhook: true,
      telegram: true,
      webhookSetAt: morning,
      telegramSetAt: morning,
    })
    expect(JSON.stringify(store.saved)).not.toMatch(/secret-|-1001/)
  })

  test('are forgotten each for itself', async () => {
    const { channels, kept, outgoing } = open()
    await channels.keepWebhook(new Secret(ADDRESS))
    await channels.keepTelegram(new Secret(TOKEN), new Secret('@channel'))
    expect(await channels.forgetChannel('telegram')).toEqual({ ok: true })
    expect([await kept('telegram-token'), await kept('telegram-chat')]).toEqual([undefined, undefined])
    expect(await kept('webhook-url')).toBe(ADDRESS)
    expect(outgoing()).toMatchObject({ webhook: true, telegram: false, telegramSetAt: null })
  })

  test('that make no sense are refused in a sentence without what was typed, and nothing is kept', async () => {
    const { channels, kept, outgoing } = open()
    expect(await channels.keepWebhook(new Secret('http://example.com/a-secret-path'))).toEqual({
      ok: false,
      message: 'The webhook wants an address that begins with https://.',
    })
    expect(await channels.keepTelegram(new Secret('a-secret-word'), new Secret('1'))).toEqual({
      ok: false,
      message: 'The bot’s token wants what @BotFather has sent, such as 123456:ABC-def.',
    })
    expect(await channels.keepTelegram(new Secret(TOKEN), new Secret('my chat'))).toEqual({
      ok: false,
      message: 'The chat wants the number of a chat, or @ and the name of a channel.',
    })
    expect([await kept('webhook-url'), await kept('telegram-token')]).toEqual([undefined, undefined])
    expect(outgoing()).toMatchObject({ webhook: false, telegram: false })
  })

  test('are tried with a message of their own', async () => {
    const { channels, sent } = open()
    expect(await channels.testChannel('webhook')).toEqual({ ok: true })
    expect(sent.map(({ title }) => title)).toEqual(['TokenTray can reach you here'])
  })

  test('that don’t answer are told of in words', async () => {
    const { channels } = open({
      telegram: { notify: () => Promise.reject(new Error('Telegram answered with status 401.')) },
    })
    expect(await channels.testChannel('telegram')).toEqual({
      ok: false,
      message: 'Telegram answered with status 401.',
    })
  })
})
