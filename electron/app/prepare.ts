import path from 'node:path'
import { app, Menu } from 'electron'
import { findHome, type Home } from '../adapters/home.ts'
import { makeFolder } from '../adapters/make-folder.ts'
import { certificateNote, keepCertificateChecks } from '../services/certificate-checks.ts'
import { APP_ID } from '../shell/app-id.ts'
import { isWayland } from '../shell/clipboard/wayland.ts'
import { hardenAll } from '../shell/windows/hardening.ts'
import { declarePageScheme } from '../shell/windows/pages.ts'
import { unusualSwitch } from './switches.ts'

/** Describes the process's environment, as known before Electron is ready. */
export interface Surroundings {
  readonly home: Home
  /** Whether windows are shown by Wayland. */
  readonly wayland: boolean
}

/** Returns why a packaged app must not start: it was given a switch that may open it to other programs. Null if not. */
export function switchProblem(): Error | null {
  const given = app.isPackaged ? unusualSwitch(process.argv, process.platform) : null
  if (given === null) return null
  return new Error(`With ${given} other programs may read what you type and copy. Start it without.`)
}

/** Sets the options that Electron reads only before it is ready. */
export function prepareProcess(): Surroundings {
  const certificates = certificateNote(keepCertificateChecks(process.env))
  if (certificates !== null) process.stderr.write(`${certificates.message} ${certificates.next}\n`)
  const home = findHome(process.env)
  app.setPath('userData', path.join(home.dir, 'electron'))
  if (process.platform === 'win32') app.setAppUserModelId(APP_ID)
  // Otherwise Chromium opens a keyring to encrypt cookies, and no page of ours has any.
  app.commandLine.appendSwitch('password-store', 'basic')
  const wayland = process.platform === 'linux' && isWayland(process.env)
  // Else Electron makes a menu for windows, which have none here. A Mac shows one, and copies and pastes by it.
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null)
  // On Wayland global shortcuts need the desktop's portal (https://www.electronjs.org/docs/latest/api/global-shortcut).
  if (wayland) app.commandLine.appendSwitch('enable-features', 'GlobalShortcutsPortal')
  declarePageScheme()
  hardenAll()
  return { home, wayland }
}

/**
 * Quits a process that failed to become the app, because another process is.
 * @throws Error for the user when the state folder can't be created, because then no process can take the lock
 */
export async function leaveToTheFirst({ dir }: Home): Promise<void> {
  await makeFolder(dir).catch(async (reason: unknown) => {
    const { unusableFolder } = await import('../services/state-folder.ts')
    const { message, next } = unusableFolder(dir, reason)
    throw new Error(`${message} ${next}`, { cause: reason })
  })
  app.quit()
}
