import { expect, test } from 'vitest'
import { systemClipboard, type ElectronClipboard } from './system-clipboard.ts'

/** Fakes Electron 33's clipboard, whose calls name the selection. */
class OlderElectron implements ElectronClipboard {
  readonly cleared: string[] = []
  readText(type: 'clipboard' | 'selection' = 'clipboard'): string {
    return `text of ${type}`
  }
  writeText(): void {
    // Not tested here.
  }
  clear(type: 'clipboard' | 'selection' = 'clipboard'): void {
    this.cleared.push(type)
  }
}

/** Fakes Electron 45's clipboard, whose selection is a separate object. */
class NewerElectron implements ElectronClipboard {
  readonly name: string
  readonly cleared: string[]
  readonly selection?: ElectronClipboard
  constructor(name = 'clipboard', cleared: string[] = []) {
    this.name = name
    this.cleared = cleared
    if (name === 'clipboard') this.selection = new NewerElectron('selection', cleared)
  }
  readText(): Promise<string> {
    return Promise.resolve(`text of ${this.name}`)
  }
  writeText(): Promise<void> {
    return Promise.resolve()
  }
  clear(): void {
    this.cleared.push(this.name)
  }
}

test.each([
  ['an older Electron', new OlderElectron()],
  ['a newer one', new NewerElectron()],
])('%s is asked for both selections in its own way', async (_which, electron) => {
  const clipboard = systemClipboard(electron, 'linux')
  expect(await clipboard.readText()).toBe('text of clipboard')
  expect(await clipboard.selection?.readText()).toBe('text of selection')
  clipboard.clear()
  clipboard.selection?.clear()
  expect(electron.cleared).toEqual(['clipboard', 'selection'])
})

test('other systems have no second selection', () => {
  expect(systemClipboard(new OlderElectron(), 'win32').selection).toBeUndefined()
})
