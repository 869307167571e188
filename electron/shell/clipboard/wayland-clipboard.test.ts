import { describe, expect, test } from 'vitest'
import { WaylandClipboard } from './wayland-clipboard.ts'

/** Fakes Electron's clipboard on Wayland and a program that can copy without a window. */
class FakeDesktop {
  seen = 'what the user had'
  /** What a middle click pastes. */
  selected = 'what the user had selected'
  /** The text that Electron reads back. */
  believed = ''
  /** Whether a window of ours was just used, so that the compositor accepts Electron's write. */
  isInUse = false
  helps = true
  canLook = true

  readonly electron = {
    readText: () => Promise.resolve(this.believed),
    writeText: (text: string) => {
      this.believed = text
      if (this.isInUse) this.seen = this.selected = text
      return Promise.resolve()
    },
    clear: () => {
      if (this.seen === this.believed) this.seen = ''
      this.believed = ''
    },
    selection: {
      readText: () => Promise.resolve(this.selected),
      clear: () => {
        this.selected = ''
      },
    },
  }
  readonly outside = {
    canControl: Promise.resolve(true),
    write: (text: string) => {
      if (this.helps) this.seen = text
      return Promise.resolve(this.helps)
    },
    read: () => Promise.resolve(this.canLook ? this.seen : null),
    clear: () => {
      if (this.helps) this.seen = ''
    },
  }
  readonly clipboard = new WaylandClipboard(this.electron, this.outside, () => this.isInUse)
}

describe('the clipboard on Wayland', () => {
  test('takes a text by the program that needs no window', async () => {
    const desktop = new FakeDesktop()
    await desktop.clipboard.writeText('token')
    expect(desktop.seen).toBe('token')
    expect(desktop.selected).toBe('what the user had selected')
    expect(await desktop.clipboard.readText()).toBe('token')
    desktop.clipboard.clear()
    expect(desktop.seen).toBe('')
  })

  test('without it takes a text from a window in use', async () => {
    const desktop = new FakeDesktop()
    desktop.helps = false
    desktop.isInUse = true
    await desktop.clipboard.writeText('token')
    expect(desktop.seen).toBe('token')
    expect(desktop.selected).toBe('')
    desktop.clipboard.clear()
    expect(desktop.seen).toBe('')
  })

  test('never believes what reads back in Electron alone', async () => {
    const desktop = new FakeDesktop()
    desktop.helps = false
    await expect(desktop.clipboard.writeText('token')).rejects.toThrow('Nothing was copied')
    expect(desktop.seen).toBe('what the user had')
    expect(desktop.believed).toBe('')
  })

  test('where nobody can look, believes a window that has the focus and no other', async () => {
    const desktop = new FakeDesktop()
    desktop.helps = false
    desktop.canLook = false
    await expect(desktop.clipboard.writeText('token')).rejects.toThrow('Nothing was copied')
    desktop.isInUse = true
    await desktop.clipboard.writeText('token')
    expect(desktop.seen).toBe('token')
  })
})
