import { describe, expect, test } from 'vitest'
import { Shortcut, type GlobalShortcuts } from './shortcut.ts'

/** Fakes a system in which other programs may already have keys. */
class FakeSystem implements GlobalShortcuts {
  readonly others = new Set<string>()
  readonly unknown = new Set<string>()
  readonly ours = new Map<string, () => void>()

  register(accelerator: string, onPress: () => void): boolean {
    if (this.unknown.has(accelerator)) throw new TypeError('conversion failure')
    if (this.others.has(accelerator) || this.ours.has(accelerator)) return false
    this.ours.set(accelerator, onPress)
    return true
  }

  unregister(accelerator: string): void {
    this.ours.delete(accelerator)
  }

  get held(): string[] {
    return [...this.ours.keys()]
  }
}

function parts() {
  const system = new FakeSystem()
  let presses = 0
  const shortcut = new Shortcut(system, () => presses++)
  return { system, shortcut, presses: () => presses }
}

describe('the shortcut', () => {
  test('that was chosen calls when it is pressed', () => {
    const { system, shortcut, presses } = parts()
    shortcut.use('Control+Alt+T')
    system.ours.get('Control+Alt+T')?.()
    expect(presses()).toBe(1)
    expect(shortcut.isMissing).toBe(false)
  })

  test('replaces the one before, and none replaces it', () => {
    const { system, shortcut } = parts()
    shortcut.use('Control+Alt+T')
    shortcut.use('F9')
    expect(system.held).toEqual(['F9'])
    shortcut.use(null)
    expect(system.held).toEqual([])
    expect(shortcut.isMissing).toBe(false)
  })

  test('that another program has is missing, until it is tried again and free', () => {
    const { system, shortcut } = parts()
    system.others.add('F9')
    shortcut.use('F9')
    expect(shortcut.isMissing).toBe(true)
    system.others.clear()
    shortcut.tryAgain()
    expect(shortcut.isMissing).toBe(false)
    expect(system.held).toEqual(['F9'])
  })

  test('stays when another is claimed that can’t be had', () => {
    const { system, shortcut } = parts()
    shortcut.use('Control+Alt+T')
    system.others.add('F9')
    system.unknown.add('Control+Alt+F24')
    expect(shortcut.claim('F9')).toBe(false)
    expect(shortcut.claim('Control+Alt+F24')).toBe(false)
    expect(system.held).toEqual(['Control+Alt+T'])
    expect(shortcut.isMissing).toBe(false)
  })

  test('is the one that was claimed, once, also when the same is claimed again', () => {
    const { system, shortcut } = parts()
    shortcut.use('Control+Alt+T')
    expect(shortcut.claim('F9')).toBe(true)
    shortcut.use('F9')
    expect(shortcut.claim('F9')).toBe(true)
    expect(system.held).toEqual(['F9'])
  })

  test('is given back while keys are recorded, and not called missing for it', () => {
    const { system, shortcut } = parts()
    shortcut.use('Control+Alt+T')
    shortcut.suspend(true)
    expect(system.held).toEqual([])
    expect(shortcut.isMissing).toBe(false)
    shortcut.suspend(true)
    shortcut.suspend(false)
    expect(system.held).toEqual(['Control+Alt+T'])
  })

  test('that is recorded takes the place of the one that was given back', () => {
    const { system, shortcut } = parts()
    shortcut.use('Control+Alt+T')
    shortcut.suspend(true)
    expect(shortcut.claim('F9')).toBe(true)
    shortcut.suspend(false)
    expect(system.held).toEqual(['F9'])
  })

  test('comes back after a recording that found nothing free', () => {
    const { system, shortcut } = parts()
    system.others.add('F9')
    shortcut.use('Control+Alt+T')
    shortcut.suspend(true)
    expect(shortcut.claim('F9')).toBe(false)
    shortcut.suspend(false)
    expect(system.held).toEqual(['Control+Alt+T'])
  })
})
