import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { ensureBuild } from './build.mjs'
import { runMain, say, SetupProblem } from './messages.mjs'
import { refuseOldNode } from './node-version.mjs'
import { root, standInFor } from './processes.mjs'

/** Limit for a command, as a multiple of the time that Node needs to start and end. */
const LIMIT = 2
/** Number of runs of each command, unless BENCH_RUNS sets it. */
const RUNS = Number(process.env['BENCH_RUNS'] ?? 31)

const PROGRAM = join(root, 'dist', 'cli.js')
const MEASURING = 'measure'

/**
 * Runs a command of the command line.
 * @param {readonly string[]} args
 * @returns {number} ms from start to end
 */
function timed(args) {
  const start = performance.now()
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  const took = performance.now() - start
  if (status !== 0) throw new SetupProblem(`node ${args.join(' ')} ended with ${status}:\n${stderr}`)
  return took
}

/**
 * @param {readonly number[]} values
 * @returns {number}
 */
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN

/**
 * Starts a practice broker and logs the profile's account in at it.
 * @param {string} folder
 * @returns {Promise<() => void>} ends the broker
 */
async function logInAccount(folder) {
  const practice = spawn(process.execPath, [PROGRAM, 'practice'], { stdio: ['ignore', 'pipe', 'inherit'] })
  let printed = ''
  practice.stdout.setEncoding('utf8')
  while (!/^# {3}--endpoint .*\n/m.test(printed)) printed += String(await once(practice.stdout, 'data'))
  const [, flags = ''] = /^# {3}(--endpoint .*)$/m.exec(printed) ?? []
  const envFile = join(folder, 'practice.env')
  writeFileSync(envFile, printed)
  const options = ['--broker', 'kite-connect', '--env-file', envFile, '--accept-terms']
  // Starts with --, so that Node does not read --env-file as its own option.
  timed(['--', PROGRAM, 'account', 'add', 'bench', ...options, ...flags.split(' ')])
  timed([PROGRAM, 'login', 'bench'])
  return () => practice.kill()
}

/**
 * Measures every command and prints the results.
 * @returns {Promise<number>} 1 when a command takes too long
 */
async function measure() {
  const folder = mkdtempSync(join(tmpdir(), 'tokentray-bench-'))
  process.env['TOKENTRAY_HOME'] = join(folder, 'home')
  const stop = await logInAccount(folder)
  try {
    const base = 'node -e 0'
    /** @type {Record<string, string[]>} */
    const calls = {
      [base]: ['-e', '0'],
      'tokentray status': [PROGRAM, 'status'],
      'tokentray token': [PROGRAM, 'token', 'bench'],
    }
    /** @type {Record<string, number[]>} */
    const times = {}
    // Alternates the commands, so that a busy moment of the computer affects all.
    for (let run = 0; run < RUNS; run++) {
      for (const [name, args] of Object.entries(calls)) (times[name] ??= []).push(timed(args))
    }
    const bare = median(times[base] ?? [])
    let worst = 0
    for (const name of Object.keys(calls)) {
      const took = median(times[name] ?? [])
      if (name !== base) worst = Math.max(worst, took / bare)
      console.log(`${name.padEnd(18)} ${took.toFixed(0).padStart(5)} ms   ${(took / bare).toFixed(2)} ×`)
    }
    if (worst <= LIMIT) return 0
    say(`At most ${LIMIT} × what Node alone takes.`)
    return 1
  } finally {
    timed([PROGRAM, 'account', 'remove', 'bench'])
    stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @returns {Promise<number>} */
async function bench() {
  if (process.argv[2] === MEASURING) return measure()
  await ensureBuild()
  const self = [join(root, 'scripts', 'bench-cli.mjs'), MEASURING]
  // Uses a private session bus and keyring on Linux, as the tests do.
  const desktop =
    process.platform === 'linux' ? [join(root, 'scripts', 'desktop.mjs'), '--', process.execPath] : []
  return standInFor(process.execPath, [...desktop, ...self])
}

refuseOldNode()
await runMain(bench)
