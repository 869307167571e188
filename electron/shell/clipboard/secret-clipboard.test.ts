import { describe, expect, test } from 'vitest'
import { FakeClock } from '../../../tests/support/fake-clock.ts'
import { gate } from '../../../tests/support/made-up-broker.ts'
import { Secret } from '../../core/secret.ts'
import { SecretClipboard, type SystemClipboard } from './secret-clipboard.ts'

const LIFE_MS = 30_000

/** Fakes a clipboard whose reads and writes a test can delay or break. */
class FakeSystem implements SystemClipboard {
  text = 'what the user had'
  selected = 'what the user had selected'
  beforeRead: (() => Promise<void>) | null = null
  broken = false

  async readText(): Promise<string> {
    const { text } = this
    await this.beforeRead?.()
    return text
  }

  writeText(text: string): Promise<void> {
    if (this.broken) return Promise.reject(new Error('the clipboard is taken'))
    this.text = text
    this.selected = text
    return Promise.resolve()
  }

  /** X11's primary selection. */
  readonly selection = {
    readText: () => Promise.resolve(this.selected),
    clear: () => {
      this.selected = ''
    },
  }

  clear(): void {
    this.text = ''
  }
}

function parts() {
  const system = new FakeSystem()
  const clock = new FakeClock(1_000_000)
  let changes = 0
  const chosen = { lifeMs: LIFE_MS }
  const clipboard = new SecretClipboard(
    system,
    clock,
    () => chosen.lifeMs,
    () => changes++,
  )
  /** Advances the clock and runs the due timers. */
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms)
    await turns()
  }
  return { system, clock, clipboard, chosen, pass, changes: () => changes }
}

/** Runs five turns of the event loop, enough for work that waits only for promises. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise<void>((resolve) => setImmediate(resolve))
}

describe('a copied secret', () => {
  test('is on the clipboard, and it is told whose it is and how long it stays', async () => {
    const { system, clipboard, clock, changes } = parts()
    await clipboard.copy(new Secret('token'), 'main', 'token')
    expect(system.text).toBe('token')
    expect(clipboard.view).toEqual({
      account: 'main',
      what: 'token',
      copiedAt: clock.now(),
      clearsAt: clock.now() + LIFE_MS,
    })
    expect(changes()).toBe(1)
  })

  test('is gone after 30 seconds, and no sooner', async () => {
    const { system, clipboard, pass, changes } = parts()
    await clipboard.copy(new Secret('token'), 'main', 'token')
    await pass(LIFE_MS - 1)
    expect(system.text).toBe('token')
    await pass(1)
    expect(system.text).toBe('')
    expect(clipboard.view).toBe(null)
    expect(changes()).toBe(2)
  })

  test('that the user has replaced leaves the user’s text alone', async () => {
    const { system, clipboard, pass, changes } = parts()
    await clipboard.copy(new Secret('token'), 'main', 'token')
    system.text = 'the user’s'
    await pass(LIFE_MS)
    expect(system.text).toBe('the user’s')
    expect(clipboard.view).toBe(null)
    expect(changes()).toBe(2)
  })

  test('does not stay where a middle click would paste it from', async () => {
    const { system, clipboard } = parts()
    await clipboard.copy(new Secret('token'), 'main', 'token')
    expect(system.selected).toBe('')
  })

  test('is taken out of both selections when its time is over, and nothing else is', async () => {
    const { system, clipboard, pass } = parts()
    await clipboard.copy(new Secret('token'), 'main', 'token')
    system.selected = 'token'
    await pass(LIFE_MS)
    expect(system.selected).toBe('')
    await clipboard.copy(new Secret('token'), 'main', 'token')
    system.text = 'a shopping list'
    system.selected = 'a word'
    await pass(LIFE_MS)
    expect(system).toMatchObject({ text: 'a shopping list', selected: 'a word' })
  })

  test('is replaced by a second one, which has 30 seconds of its own', async () => {
    const { system, clipboard, pass } = parts()
    await clipboard.copy(new Secret('token'), 'main', 'token')
    await pass(20_000)
    await clipboard.copy(new Secret('123456'), 'other', 'code')
    await pass(29_999)
    expect(system.text).toBe('123456')
    expect(clipboard.view?.account).toBe('other')
    await pass(1)
    expect(system.text).toBe('')
  })

  test('copied again has its 30 seconds again', async () => {
    const { system, clipboard, pass } = parts()
    await clipboard.copy(new Secret('token'), 'main', 'token')
    await pass(20_000)
    await clipboard.copy(new Secret('token'), 'main', 'token')
    await pass(29_999)
    expect(system.text).toBe('token')
  })

  test('stays as long as was chosen when it was copied', async () => {
    const { system, clipboard, clock, chosen, pass } = parts()
    chosen.lifeMs = 5_000
    await clipboard.copy(new Secret('token'), 'main', 'token')
    expect(clipboard.view?.clearsAt).toBe(clock.now() + 5_000)
    chosen.lifeMs = 120_000
    await pass(4_999)
    expect(system.text).toBe('token')
    await pass(1)
    expect(system.text).toBe('')
  })

  test('is cleared when the app quits, at once and once', async () => {
    const { system, clipboard, pass } = parts()
    await clipboard.copy(new Secret('token'), 'main', 'token')
    await clipboard.clear()
    expect(system.text).toBe('')
    system.text = 'token'
    await pass(LIFE_MS)
    expect(system.text).toBe('token')
  })

  test('at quitting, nothing of ours means nothing is touched', async () => {
    const { system, clipboard, changes } = parts()
    await clipboard.clear()
    expect(system.text).toBe('what the user had')
    expect(changes()).toBe(0)
  })

  test('is still cleared in time when the next one can’t be written', async () => {
    const { system, clipboard, pass } = parts()
    await clipboard.copy(new Secret('token'), 'main', 'token')
    system.broken = true
    await expect(clipboard.copy(new Secret('123456'), 'main', 'code')).rejects.toThrow('taken')
    await pass(LIFE_MS)
    expect(system.text).toBe('')
  })

  test('stays when it is copied at the very moment the last one is cleared', async () => {
    const { system, clipboard, clock } = parts()
    await clipboard.copy(new Secret('token'), 'main', 'token')
    const reading = gate()
    const goOn = gate()
    system.beforeRead = () => {
      reading.open()
      return goOn.opened
    }
    clock.advance(LIFE_MS)
    await reading.opened
    system.beforeRead = null
    const copied = clipboard.copy(new Secret('123456'), 'main', 'code')
    await turns()
    goOn.open()
    await copied
    await turns()
    expect(system.text).toBe('123456')
    expect(clipboard.view?.what).toBe('code')
  })
})
