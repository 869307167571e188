import { app, BrowserWindow, powerMonitor, systemPreferences } from 'electron'
import type { Services } from '../services/services.ts'
import { AppLock } from '../shell/lock/app-lock.ts'
import type { Popover } from '../shell/windows/popover.ts'
import { Lazy } from './lazy.ts'

export interface ComposeLockDeps {
  readonly services: Services
  readonly popover: Popover
  readonly wayland: boolean
  /** Runs after each change of what is locked. */
  readonly onChange: (isLocked: boolean) => void
}

/** Builds the lock of the app. While it is locked all windows but the popover are hidden. */
export function composeLock({ services, popover, wayland, onChange }: ComposeLockDeps): AppLock {
  const { clock, keychain, store } = services
  const passphrase = new Lazy(async () => {
    const { LockPassphrase } = await import('../services/lock/lock-passphrase.ts')
    return new LockPassphrase({ keychain, clock })
  })
  const hideWindows = windowsHider(() => popover.window)
  let wasLocked = store.state.settings.lock.on
  const lock = new AppLock({
    clock,
    store,
    passphrase: () => passphrase.get(),
    idleMs: wayland ? sinceOwnUse(() => clock.now()) : () => powerMonitor.getSystemIdleTime() * 1000,
    touchId: touchId(),
    showPopover: () => {
      popover.show()
    },
    onChange: () => {
      const { isLocked } = lock
      if (isLocked !== wasLocked) hideWindows(isLocked)
      wasLocked = isLocked
      onChange(isLocked)
    },
  })
  return lock
}

/** Returns a function that hides all windows but one, or shows them again. */
function windowsHider(except: () => BrowserWindow | null): (hide: boolean) => void {
  const hidden = new Set<number>()
  return (hide) => {
    for (const window of BrowserWindow.getAllWindows()) {
      if (hide && window !== except() && window.isVisible()) {
        hidden.add(window.id)
        window.hide()
      }
      // Without the focus, whose loss would hide the popover.
      if (!hide && hidden.delete(window.id)) window.showInactive()
    }
  }
}

/** Returns how long no window of ours has been used, because Wayland does not tell how long the computer has not. */
function sinceOwnUse(now: () => number): () => number {
  let usedAt = now()
  app.on('web-contents-created', (_event, contents) => {
    contents.on('input-event', () => {
      usedAt = now()
    })
  })
  return () => now() - usedAt
}

/** Returns what asks for Touch ID, the only confirmation of a system that Electron gives; null without it. */
function touchId(): ((reason: string) => Promise<void>) | null {
  if (process.platform !== 'darwin' || !systemPreferences.canPromptTouchID()) return null
  return (reason) => systemPreferences.promptTouchID(reason)
}
