import { readFile, readlink, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { release } from 'node:os'
import path from 'node:path'
import { runProgram } from './run-program.ts'

/**
 * Tells whether the system's clock follows network time; null when the system does not say.
 * (https://www.freedesktop.org/software/systemd/man/latest/timedatectl.html)
 */
export async function isClockSynchronised(): Promise<boolean | null> {
  if (process.platform !== 'linux') return null
  const answer = await runProgram('timedatectl', ['show', '--property=NTPSynchronized', '--value'])
  if (answer?.succeeded !== true) return null
  const said = answer.stdout.trim()
  return said === 'yes' ? true : said === 'no' ? false : null
}

/** Returns the system's name and release, such as `Linux 6.1.0`. */
export const systemName = (): string => `${systems[process.platform] ?? process.platform} ${release()}`

const systems: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'Linux',
  darwin: 'Darwin',
  win32: 'Windows',
}

export interface ElectronFound {
  readonly version: string
  /** False when the package is installed but its program is not fetched yet, which `npm start` does. */
  readonly unpacked: boolean
}

/** Finds the Electron installed beside this program; null without one. */
export async function findElectron(): Promise<ElectronFound | null> {
  try {
    const file = createRequire(import.meta.url).resolve('electron/package.json')
    const found: unknown = JSON.parse(await readFile(file, 'utf8'))
    const isNamed = typeof found === 'object' && found !== null && 'version' in found
    if (!isNamed || typeof found.version !== 'string') return null
    // The installer writes path.txt last.
    const unpacked = await stat(path.join(path.dirname(file), 'path.txt')).then(
      () => true,
      () => false,
    )
    return { version: found.version, unpacked }
  } catch {
    return null
  }
}

/** The process of a running tray app. */
export interface RunningApp {
  readonly executable: string
  /** The arguments after the executable's name. */
  readonly args: readonly string[]
}

/**
 * Finds the tray app that runs for a state folder; null when none is seen to run. Chromium records the process in a
 * link (`process_singleton_posix.cc`: host name, dash, number).
 */
export async function runningApp(home: string): Promise<RunningApp | null> {
  if (process.platform !== 'linux') return null
  try {
    const lock = await readlink(path.join(home, 'electron', 'SingletonLock'))
    const folder = `/proc/${lock.slice(lock.lastIndexOf('-') + 1)}`
    const [, ...args] = (await readFile(`${folder}/cmdline`, 'utf8')).split('\0').filter((arg) => arg !== '')
    return { executable: await readlink(`${folder}/exe`), args }
  } catch {
    return null
  }
}

/**
 * Finds the version of the Electron that runs the tray app of a state folder; null when none is seen to run. Electron
 * keeps its version beside its executable.
 */
export async function runningElectron(home: string): Promise<string | null> {
  try {
    const { executable = '' } = (await runningApp(home)) ?? {}
    const version = await readFile(path.join(path.dirname(executable), 'version'), 'utf8')
    return version.trim().replace(/^v/, '')
  } catch {
    return null
  }
}
