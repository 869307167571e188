import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestContext } from 'vitest'
import { systemClock } from '../../electron/adapters/clock.ts'
import { LockFiles } from '../../electron/adapters/lock-files.ts'
import { sha256Hex } from '../../electron/core/sha256.ts'

const CHECKOUT = path.join(import.meta.dirname, '../..')
const UNPACKED = path.join(CHECKOUT, 'release', 'linux-unpacked')
const SANDBOX_OFF = process.getuid?.() === 0 ? ['--no-sandbox'] : []

/** How long another test file may make the package, ms. */
const MAKING_MS = 110_000

/** The program of the package. */
export const PACKAGED = path.join(UNPACKED, 'tokentray')

const changedAt = async (file: string): Promise<number> => (await stat(file).catch(() => null))?.mtimeMs ?? 0

/** Makes the package, unless the one that is there was made of this build. Several files may ask at once. */
export async function ensurePackage(): Promise<void> {
  const locks = new LockFiles(path.join(tmpdir(), `tokentray-package-${sha256Hex(CHECKOUT)}`), systemClock)
  const release = await locks.acquire('package', AbortSignal.timeout(MAKING_MS))
  try {
    await makePackage()
  } finally {
    await release()
  }
}

async function makePackage(): Promise<void> {
  const made = await changedAt(path.join(UNPACKED, 'resources', 'app.asar'))
  const sources = ['dist/.built', 'electron-builder.yml', 'package.json', 'scripts/package.mjs']
  const newest = Math.max(...(await Promise.all(sources.map((name) => changedAt(path.join(CHECKOUT, name))))))
  if (made > newest) return
  const args = ['scripts/package.mjs']
  const child = spawn(process.execPath, args, { cwd: CHECKOUT, stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`Packaging ended with ${String(code)}.`)
}

/**
 * Starts a packaged program outside the checkout, whose node_modules it must not find; it ends with the test.
 * @param onTestFinished the test's own, because Vitest's takes another test for its own among several at once
 */
export function spawnPackaged(
  program: string,
  env: NodeJS.ProcessEnv,
  args: readonly string[],
  onTestFinished: TestContext['onTestFinished'],
): { app: ChildProcess; ended: Promise<unknown>; said: () => string } {
  const app = spawn(program, [...SANDBOX_OFF, '--disable-gpu', ...args], {
    env,
    cwd: '/',
    // Chromium's debugger listens at 3 and 4.
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  })
  const ended = once(app, 'close').then(([code, signal]: unknown[]) => code ?? signal)
  onTestFinished(async () => {
    app.kill('SIGKILL')
    await ended
  })
  let said = ''
  app.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text))
  return { app, ended, said: () => said }
}
