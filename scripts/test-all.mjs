import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from './build.mjs'
import { temporaryFolder } from './cleanup.mjs'
import { ensureElectron } from './electron.mjs'
import { reasonOf, runMain, say, SetupProblem } from './messages.mjs'
import { ensurePackages } from './packages.mjs'
import { root, run, runQuietly } from './processes.mjs'
import { ensureSystemPackages } from './system-packages.mjs'
import { outcomeFrom, slowest, sum } from './vitest-report.mjs'

const REPORTS = ['unit.json', 'system.json', 'desktop-1.json', 'desktop-2.json']
/** With CI set, vitest writes line by line, as several runs on one terminal must. */
const LINE_BY_LINE = { CI: '1' }
const SLOWEST = 10

/**
 * `check` returns whether the step succeeded and throws the reason of a failure. `after` names the steps that
 * it waits for, whatever comes of them.
 * @typedef {{ name: string, after?: readonly string[], check: () => Promise<boolean> }} Step
 */

/**
 * Runs a static check beside others; its output is the reason of a failure.
 * @param {string} script
 * @param {readonly string[]} args
 */
async function staticCheck(script, args) {
  const { code, output } = await runQuietly(process.execPath, [join(root, 'node_modules', script), ...args])
  if (code !== 0) throw new Error(output.trim())
  return true
}

const ONLY = '--only='

/**
 * Splits the arguments into the steps to run and the words for vitest, which choose test files.
 * @param {readonly string[]} args
 * @returns {{ only: string[] | undefined, filter: string[] }} `only` is undefined for every step
 */
export function choiceIn(args) {
  const given = args.find((arg) => arg.startsWith(ONLY))
  return {
    only: given?.slice(ONLY.length).split(','),
    filter: args.filter((arg) => !arg.startsWith(ONLY)),
  }
}

/**
 * Returns the steps whose names begin with one of the words.
 * Throws SetupProblem for a word without a step, because a mistyped step would else be left out unnoticed.
 * @template {{ name: string }} S
 * @param {readonly S[]} steps
 * @param {readonly string[] | undefined} only undefined for every step
 * @returns {readonly S[]}
 */
export function chosenFrom(steps, only) {
  if (!only) return steps
  const unknown = only.filter((word) => !steps.some(({ name }) => name.startsWith(word)))
  if (unknown.length) throw new SetupProblem(`No such step here: ${unknown.join(', ')}`)
  return steps.filter(({ name }) => only.some((word) => name.startsWith(word)))
}

const { only, filter } = choiceIn(process.argv.slice(2))
const isFiltered = filter.length > 0

/**
 * Runs the tests of a project, and resolves with the exit code.
 * @param {'unit*' | 'system' | 'desktop'} project
 * @param {string} report the file for vitest's report
 * @param {{ before?: readonly string[], args?: readonly string[], env?: NodeJS.ProcessEnv }} [options]
 *   `before` is the script, with its arguments, that runs Node with vitest
 */
function vitest(project, report, { before = [], args = [], env = {} } = {}) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  return run(
    process.execPath,
    [
      ...before,
      ...[join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', project, ...reporters],
      // A filter may leave a project without files.
      ...(isFiltered ? ['--passWithNoTests', ...filter] : []),
      ...args,
    ],
    { env: { ...process.env, ...LINE_BY_LINE, ...env } },
  )
}

const DESKTOP = join(root, 'scripts', 'desktop.mjs')

/**
 * How many files of a project run at once: by itself vitest leaves a core to others, and system tests mostly wait for
 * the processes that they start.
 */
const WORKERS = { unit: 2, system: 4 }

/**
 * Runs the system tests, which drive the built command line in a session without a screen.
 * @param {string} report
 */
async function systemTests(report) {
  const before = [DESKTOP, '--no-screen', '--', process.execPath]
  return (await vitest('system', report, { before, args: [`--maxWorkers=${WORKERS.system}`] })) === 0
}

/**
 * Runs the desktop tests, which drive the built app. Two halves run in parallel, each in a desktop of its own,
 * because such tests mostly wait for programs to start.
 * @param {readonly string[]} reports one for each half
 */
async function desktopTests(reports) {
  const electron = await ensureElectron()
  say(electron.note)
  const env = { TOKENTRAY_TEST_ELECTRON: electron.path }
  // A filter may leave fewer files than halves.
  const parts = isFiltered ? reports.slice(0, 1) : reports
  const codes = await Promise.all(
    parts.map((report, index) => {
      const args = parts.length > 1 ? [`--shard=${index + 1}/${parts.length}`] : []
      return vitest('desktop', report, { before: [DESKTOP, '--', process.execPath], args, env })
    }),
  )
  return codes.every((code) => code === 0)
}

/** Checks the types of the whole, and of the two parts that must not see Node: the domain and the pages. */
async function types() {
  const projects = ['tsconfig.json', 'tsconfig.core.json', 'tsconfig.pages.json']
  await Promise.all(projects.map((project) => staticCheck('typescript/bin/tsc', ['--noEmit', '-p', project])))
  return true
}

/** Makes the site of the docs, which fails for a link that leads nowhere. */
async function docs() {
  // Loaded here, because a first run has no packages yet.
  const { makeSite, SITE } = await import('./docs-site.mjs')
  makeSite(SITE)
  return true
}

/**
 * Returns the steps; each stands behind those that it waits for. What needs the processor alone runs beside
 * what mostly waits for programs to start, so that two cores are busy all the time.
 * @param {string} reports folder for vitest's reports
 * @returns {Step[]}
 */
function stepsWith(reports) {
  const [unit = '', system = '', ...desktop] = REPORTS.map((name) => join(reports, name))
  let built = false
  /** @param {() => Promise<boolean>} check */
  const ofTheBuild = (check) => async () => {
    if (!built) throw new Error('not run, because the build failed')
    return check()
  }
  /** @type {Step[]} */
  const steps = [
    { name: 'build', check: async () => (built = await build()) },
    { name: 'format', check: () => staticCheck('oxfmt/bin/oxfmt', ['--check']) },
    { name: 'lint', check: () => staticCheck('oxlint/bin/oxlint', ['-c', 'oxlint.config.mjs']) },
    { name: 'types', check: types },
    { name: 'docs', check: docs },
    {
      name: 'unit tests',
      after: ['format', 'lint', 'types'],
      check: async () => (await vitest('unit*', unit, { args: [`--maxWorkers=${WORKERS.unit}`] })) === 0,
    },
  ]
  if (process.platform === 'linux') {
    steps.push(
      { name: 'desktop tests', after: ['build'], check: ofTheBuild(() => desktopTests(desktop)) },
      { name: 'system tests', after: ['build', 'unit tests'], check: ofTheBuild(() => systemTests(system)) },
    )
  }
  return steps
}

/**
 * Runs every step once those that it waits for have ended. A step that is left out is waited for by nobody.
 * @template {{ name: string, after?: readonly string[] }} S
 * @param {readonly S[]} steps each behind those that it waits for
 * @param {(step: S) => Promise<void>} runStep
 */
export async function runInOrder(steps, runStep) {
  /** @type {Map<string, Promise<void>>} */
  const ends = new Map()
  for (const step of steps) {
    const before = (step.after ?? []).map((name) => ends.get(name) ?? Promise.resolve())
    ends.set(
      step.name,
      Promise.all(before).then(() => runStep(step)),
    )
  }
  await Promise.all(ends.values())
}

/**
 * Runs a step and says how it ended.
 * @param {Step} step
 * @returns {Promise<string | undefined>} what a failure says, undefined for a success
 */
async function failureOf({ name, check }) {
  const begun = performance.now()
  console.log(`\n── ${name} ──`)
  const failure = await check().then((passed) => (passed ? undefined : ''), reasonOf)
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  console.log(`── ${name}: ${failure === undefined ? 'ok' : 'FAILED'} in ${seconds} s`)
  return failure
}

/**
 * Runs every step and prints a summary.
 * @returns {Promise<number>}
 */
async function testAll() {
  // npm does this, but a direct call may start the script from anywhere.
  process.chdir(root)
  await ensurePackages()
  const reports = temporaryFolder(join(tmpdir(), 'tokentray-reports-'))
  const steps = chosenFrom(stepsWith(reports.path), only)
  const hasTests = steps.some(({ name }) => name.endsWith('tests'))
  // The unit tests use independent programs too, such as oathtool and openssl.
  if (hasTests) await ensureSystemPackages('test')
  /** @type {Map<string, string>} */
  const failing = new Map()
  await runInOrder(steps, async (step) => {
    const failure = await failureOf(step)
    if (failure !== undefined) failing.set(step.name, failure)
  })
  const outcomes = REPORTS.map((name) => outcomeFrom(join(reports.path, name)))
  const { passed, skipped, failures, files } = sum(outcomes)
  reports.remove()

  console.log('')
  if (!only && process.platform !== 'linux') {
    console.log('The system and desktop tests were not run: they need Linux.')
  }
  if (skipped) console.log(`Skipped tests: ${skipped}`)
  if (!isFiltered && hasTests) console.log(`Slowest files:\n${slowest(files, SLOWEST).join('\n')}`)
  // Repeats the failures at the end, because steps print side by side and a failure may scroll away.
  for (const [name, reason] of failing) if (reason) console.log(`\nFAILED ${name}\n${reason}\n`)
  for (const failure of failures) console.log(`\nFAILED ${failure}\n`)
  if (failing.size) console.log(`Failing steps: ${[...failing.keys()].join(', ')}`)
  if (hasTests) console.log(`${passed} passed, ${failures.length} failed`)
  return failing.size || failures.length || (hasTests && passed === 0) ? 1 : 0
}

export async function main() {
  await runMain(testAll)
}
