import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { MADE_UP_CREDENTIALS } from '../practice/kite-connect/credentials.ts'
import { Profile } from '../tests/support/profile.ts'
import { Sway } from '../tests/support/sway.ts'
import { TrayWatcher } from '../tests/support/tray-watcher.ts'
import { until } from '../tests/support/until.ts'

const CHECKOUT = path.join(import.meta.dirname, '..')
const ACCOUNT = 'slow'
/** Quitting gives up after five seconds; a much longer quit counts as hung, ms. */
const HANGS_AFTER_MS = 20_000

export interface SoakRun {
  readonly electron: string
  /** Starts and quits on each desktop. */
  readonly times: number
  readonly say: (line: string) => void
}

/** A broker that accepts every request and never replies. */
interface SilentBroker {
  readonly url: string
  readonly asked: () => number
  readonly close: () => void
}

/**
 * Starts and quits the app many times, on X11 and on Wayland, every second time during a login.
 * Resolves with the exit code: 1 when a quit hung, a process was left behind or the state was lost.
 */
export async function soakQuit({ electron, times, say }: SoakRun): Promise<number> {
  const watcher = await TrayWatcher.start()
  const sway = await Sway.start()
  try {
    let failures = 0
    for (const [name, env] of [
      ['X11', {}],
      ['Wayland', sway.env],
    ] as const) {
      const profile = await Profile.create(env)
      const broker = await silentBroker()
      try {
        await addAccount(profile, broker)
        failures += await soak(name, { electron, times, say, profile, broker, watcher })
      } finally {
        broker.close()
        await profile.remove()
      }
    }
    return failures === 0 ? 0 : 1
  } finally {
    watcher.stop()
    await sway.stop()
  }
}

interface Soak extends SoakRun {
  readonly profile: Profile
  readonly broker: SilentBroker
  readonly watcher: TrayWatcher
}

/** Resolves with the number of failed runs. */
async function soak(name: string, parts: Soak): Promise<number> {
  const { times, say, profile } = parts
  const took: number[] = []
  let [hung, left, lost] = [0, 0, 0]
  for (let run = 0; run < times; run++) {
    const ms = await startAndQuit(parts, run % 2 === 1)
    if (ms === null) hung++
    else took.push(ms)
    left += await leftBehind(profile)
    const state = await profile.state().catch(() => null)
    if (state?.accounts[0]?.name !== ACCOUNT) lost++
  }
  took.sort((a, b) => a - b)
  const [median, most] = [took[Math.floor(took.length / 2)], took.at(-1)]
  say(
    `${name}: ${times} starts and quits, ${hung} hung, ${left} processes left behind, state lost ${lost} times; ` +
      `quitting took ${median ?? '–'} ms (median), ${most ?? '–'} ms (most)`,
  )
  return hung + left + lost
}

/** Returns the duration of a quit, ms; null when it hung. */
async function startAndQuit(
  { electron, profile, broker, watcher }: Soak,
  inLogin: boolean,
): Promise<number | null> {
  const flags = [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    ...(profile.env['WAYLAND_DISPLAY'] === undefined ? [] : ['--ozone-platform=wayland']),
  ]
  const app = spawn(electron, [...flags, CHECKOUT], { env: profile.env, stdio: 'ignore' })
  const exited = once(app, 'exit')
  const icon = await watcher.itemOf(app.pid ?? 0)
  if (inLogin) {
    const before = broker.asked()
    await icon.press('Log in')
    await until('the request', () => (broker.asked() > before ? true : null))
  }
  const begun = Date.now()
  await icon.press('Quit')
  const hangs = setTimeout(() => app.kill('SIGKILL'), HANGS_AFTER_MS)
  await exited
  clearTimeout(hangs)
  const ms = Date.now() - begun
  return ms < HANGS_AFTER_MS ? ms : null
}

/** Returns how many processes of the profile remain shortly after its app has ended. */
async function leftBehind({ home }: Profile): Promise<number> {
  const mark = `TOKENTRAY_HOME=${home}\0`
  const count = async (): Promise<number> => {
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
    const environments = await Promise.all(
      pids.map((pid) => readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '')),
    )
    return environments.filter((environment) => environment.includes(mark)).length
  }
  // The app's children end a moment later.
  for (let look = 0; look < 20 && (await count()) > 0; look++) await new Promise((r) => setTimeout(r, 100))
  return count()
}

async function addAccount(profile: Profile, { url }: SilentBroker): Promise<void> {
  const env = Object.entries(MADE_UP_CREDENTIALS).map(
    ([name, value]) => `KITE_${name.toUpperCase()}=${value}`,
  )
  await profile.cli.mustRun(
    ...['account', 'add', ACCOUNT, '--broker', 'kite-connect', '--accept-terms'],
    ...['--env-file', await profile.write('slow.env', env.join('\n'))],
    ...['--endpoint', `web=${url}`, '--endpoint', `api=${url}`],
  )
}

async function silentBroker(): Promise<SilentBroker> {
  let asked = 0
  const server = createServer((socket) => {
    socket.on('error', () => undefined).on('data', () => asked++)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return { url: `http://127.0.0.1:${address.port}`, asked: () => asked, close: () => server.close() }
}
