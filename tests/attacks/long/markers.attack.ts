import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startKiteConnect, type KiteConnectPractice } from '../../../practice/kite-connect.ts'
import { App } from '../../support/app.ts'
import { eventually } from '../../support/eventually.ts'
import { filesBelow, processesFrom } from '../../support/hiding-places.ts'
import { openPopover } from '../../support/keyboard.ts'
import { finds, Marker } from '../../support/marker.ts'
import { Profile } from '../../support/profile.ts'
import { ask } from '../../support/programs.ts'
import { readyCard } from '../../support/ready.ts'
import { TrayWatcher } from '../../support/tray-watcher.ts'

const ROUNDS = Math.ceil(Number(process.env['ATTACK_ROUNDS'] ?? 40) / 10)
/** How often the processes are looked at, ms. A command lives longer. */
const LOOK_MS = 50

const credentials = {
  password: 'MarkerPassword9tVbNq3xL',
  api_secret: 'markerapisecret4h6j8k2l5p7o9i3u1',
  totp_secret: 'MARKERTOTPSECRET7654323456723456',
}
const planted = new Marker('planted', 'PlantedMarker7gWq2mZc5Rt')
const markers = Object.entries(credentials).map(([name, value]) => new Marker(name, value))

let watcher: TrayWatcher
let broker: KiteConnectPractice
let profile: Profile
let app: App

beforeAll(async () => {
  watcher = await TrayWatcher.start()
  broker = await startKiteConnect({ credentials })
  profile = await Profile.create()
})

afterAll(async () => {
  await app.quit()
  await profile.remove()
  await broker.stop()
  watcher.stop()
})

/** Records every message on the session bus as its bytes. What goes to the keychain is encrypted there. */
async function watchBus(): Promise<{ seen: () => Buffer; stop: () => Promise<void> }> {
  const monitor = spawn('dbus-monitor', ['--session', '--binary'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(monitor, 'close')
  const chunks: Buffer[] = []
  monitor.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  const seen = (): Buffer => Buffer.concat(chunks)
  const tell = ['--session', '--type=signal', '/in/tokentray', 'in.tokentray.Test.Planted']
  await eventually(async () => {
    await ask('dbus-send', [...tell, `string:${planted.value}`])
    return planted.isIn(seen())
  }).toBe(true)
  return {
    seen,
    stop: async () => {
      monitor.kill()
      await ended
    },
  }
}

/** Looks for markers in arguments and environments of this process's descendants again and again. */
function watchProcesses(): { found: Set<string>; looks: () => number; stop: () => Promise<void> } {
  const found = new Set<string>()
  const state = { looks: 0, isOn: true }
  const look = async (): Promise<void> => {
    while (state.isOn) {
      for (const find of finds([...markers, planted], await processesFrom(process.pid))) found.add(find)
      state.looks++
      await sleep(LOOK_MS)
    }
  }
  const ended = look()
  return {
    found,
    looks: () => state.looks,
    stop: () => {
      state.isOn = false
      return ended
    },
  }
}

test('no secret and no token is on the session bus, in a file, in arguments or in an environment', async () => {
  const bus = await watchBus()
  const processes = watchProcesses()
  try {
    await profile.addAccount('zerodha', broker)
    app = await App.start(profile)
    for (let round = 0; round < ROUNDS; round++) {
      broker.fault({ kind: 'echo', at: 'GET /user/profile' })
      await profile.cli.run('login', 'zerodha')
      await profile.cli.mustRun('login', 'zerodha', '--force')
      markers.push(new Marker(`token ${String(round)}`, await profile.cli.mustRun('token', 'zerodha')))
      for (const call of [['status'], ['account', 'show', 'zerodha'], ['doctor', '--json'], ['history']]) {
        await profile.cli.run(...call)
      }
      await profile.cli.mustRun('exec', 'zerodha', '--', 'true')
      const popover = await openPopover(app, watcher)
      await readyCard(popover, 'zerodha').waitFor()
      await popover.getByRole('button', { name: 'Copy token of zerodha' }).click()
      const files = await filesBelow(profile.home)
      expect([...files.keys()]).toContain(path.join(profile.home, 'state.json'))
      expect(finds(markers, files)).toEqual([])
      expect(finds(markers, new Map([['bus', bus.seen()]]))).toEqual([])
      expect([...processes.found]).toEqual([])
    }
    // Nothing would be found either by a search that finds nothing.
    await profile.write('home/planted', planted.value)
    expect(finds([planted], await filesBelow(profile.home))).toHaveLength(1)
    const other = spawn('sleep', ['600'], { env: { ...process.env, LEFT: planted.value } })
    await eventually(() => processes.found.size).toBe(1)
    other.kill()
    process.stdout.write(
      `markers: ${String(ROUNDS)} mornings, ${String(bus.seen().length)} bytes of the bus, ${String(processes.looks())} looks at the processes\n`,
    )
  } finally {
    await processes.stop()
    await bus.stop()
  }
})
