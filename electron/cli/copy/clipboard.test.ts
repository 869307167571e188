import { describe, expect, test } from 'vitest'
import { FakeClock } from '../../../tests/support/fake-clock.ts'
import { sha256Hex } from '../../core/sha256.ts'
import { CLEAR_AFTER_MS, clearLater } from './clear.ts'
import { findClipboard } from './clipboard.ts'

const wayland = { WAYLAND_DISPLAY: 'wayland-0' }
const x11 = { DISPLAY: ':0' }

test.each([
  ['Wayland', wayland, 'linux', ['wl-copy', 'xclip'], 'wl-copy'],
  ['X11', x11, 'linux', ['wl-copy', 'xclip', 'xsel'], 'xclip'],
  ['X11 with xsel alone', x11, 'linux', ['xsel'], 'xsel'],
  ['Wayland with a way to X11', { ...wayland, ...x11 }, 'linux', ['xsel'], 'xsel'],
  ['Linux inside Windows', { WSL_DISTRO_NAME: 'Debian' }, 'linux', ['clip.exe'], 'clip.exe'],
  ['macOS', {}, 'darwin', [], 'pbcopy'],
  ['Windows', {}, 'win32', [], 'clip.exe'],
  ['a server', {}, 'linux', ['wl-copy', 'xclip', 'xsel'], undefined],
  ['a desktop without a program', x11, 'linux', [], undefined],
] as const)('%s copies by %s', (_where, env, platform, installed: readonly string[], program) => {
  const found = findClipboard(env, platform, (name) => installed.includes(name))
  expect(found?.copy[0]).toBe(program)
})

describe('a copy is taken off the clipboard', () => {
  const clipboard = { copy: ['copy'], paste: ['paste'], clear: ['clear'] } as const

  /** Waits until the time of clearing, with this on the clipboard by then. */
  async function after(held: string | null, ms = CLEAR_AFTER_MS): Promise<string[]> {
    const clock = new FakeClock(0)
    const calls: string[] = []
    const { signal } = new AbortController()
    const cleared = clearLater(clipboard, sha256Hex('made-up'), clock, signal, ([program]) => {
      calls.push(program)
      return Promise.resolve(program === 'paste' ? held : '')
    })
    clock.advance(ms)
    if (ms >= CLEAR_AFTER_MS) await cleared
    return calls
  }

  test('after 30 seconds, and not before', async () => {
    expect(await after('made-up', CLEAR_AFTER_MS - 1)).toEqual([])
    expect(await after('made-up')).toEqual(['paste', 'clear'])
  })

  test('also where the system adds a line end', async () => {
    expect(await after('made-up\r\n')).toEqual(['paste', 'clear'])
  })

  test.each(['something else', '', null])('unless it holds another by then: %j', async (held) => {
    expect(await after(held)).toEqual(['paste'])
  })
})
