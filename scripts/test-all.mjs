import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from './build.mjs'
import { temporaryFolder } from './cleanup.mjs'
import { ensureElectron } from './electron.mjs'
import { reasonOf, runMain, say, SetupProblem } from './messages.mjs'
import { ensurePackages } from './packages.mjs'
import { root, run } from './processes.mjs'
import { ensureSystemPackages } from './system-packages.mjs'
import { outcomeFrom, sum } from './vitest-report.mjs'

const UNIT_REPORT = 'unit.json'
const DESKTOP_REPORTS = ['desktop-1.json', 'desktop-2.json']

/**
 * `check` returns whether the step succeeded and throws the reason of a failure. Static steps run side by side.
 * @typedef {{ name: string, isStatic?: true, check: () => Promise<boolean> }} Step
 */

/**
 * @param {string} script
 * @param {readonly string[]} args
 */
function node(script, args) {
  return run(process.execPath, [join(root, 'node_modules', script), ...args])
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
 * @param {'unit' | 'desktop'} project
 * @param {string} report
 * @returns {string[]}
 */
function vitestArgs(project, report) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  // A filter may leave a project without files.
  return ['run', '--project', project, ...reporters, ...(isFiltered ? ['--passWithNoTests', ...filter] : [])]
}

/**
 * Runs the desktop tests, which drive the built app and so need a current build. Two halves run in
 * parallel, each in
 * a desktop of its own, because such tests mostly wait for programs to start.
 * @param {readonly string[]} reports one for each half
 * @param {() => boolean} isBuilt
 */
async function desktopTests(reports, isBuilt) {
  if (!isBuilt()) throw new Error('not run, because the build failed')
  const electron = await ensureElectron()
  say(electron.note)
  // With CI set, vitest writes line by line, as two runs on one terminal must.
  const env = { ...process.env, TOKENTRAY_TEST_ELECTRON: electron.path, CI: '1' }
  const desktop = [join(root, 'scripts', 'desktop.mjs'), '--', process.execPath]
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  // A filter may leave fewer files than halves.
  const parts = isFiltered ? reports.slice(0, 1) : reports
  const codes = await Promise.all(
    parts.map((report, index) => {
      const shard = parts.length > 1 ? [`--shard=${index + 1}/${parts.length}`] : []
      return run(process.execPath, [...desktop, vitest, ...vitestArgs('desktop', report), ...shard], { env })
    }),
  )
  return codes.every((code) => code === 0)
}

/** Checks the types of the whole, and of the two parts that must not see Node: the domain and the pages. */
async function types() {
  const projects = ['tsconfig.json', 'tsconfig.core.json', 'tsconfig.pages.json']
  const codes = await Promise.all(
    projects.map((project) => node('typescript/bin/tsc', ['--noEmit', '-p', project])),
  )
  return codes.every((code) => code === 0)
}

/**
 * Returns the steps in order.
 * @param {string} reports folder for vitest's reports
 * @returns {Step[]}
 */
function stepsWith(reports) {
  const unit = join(reports, UNIT_REPORT)
  const desktop = DESKTOP_REPORTS.map((name) => join(reports, name))
  let built = false
  /** @type {Step[]} */
  const steps = [
    {
      name: 'format',
      isStatic: true,
      check: async () => (await node('prettier/bin/prettier.cjs', ['--check', '.'])) === 0,
    },
    { name: 'lint', isStatic: true, check: async () => (await node('eslint/bin/eslint.js', ['.'])) === 0 },
    { name: 'types', isStatic: true, check: types },
    { name: 'build', check: async () => (built = await build()) },
    {
      name: 'unit tests',
      check: async () => (await node('vitest/vitest.mjs', vitestArgs('unit', unit))) === 0,
    },
  ]
  if (process.platform === 'linux') {
    steps.push({ name: 'desktop tests', check: () => desktopTests(desktop, () => built) })
  }
  return steps
}

/**
 * @param {Step} step
 * @returns {Promise<boolean>}
 */
async function passes({ name, check }) {
  const begun = performance.now()
  console.log(`\n── ${name} ──`)
  const passed = await check().catch((error) => {
    console.log(reasonOf(error))
    return false
  })
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  console.log(`── ${name}: ${passed ? 'ok' : 'FAILED'} in ${seconds} s`)
  return passed
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
  /** @type {string[]} */
  const failing = []
  /** @param {Step} step */
  const runStep = async (step) => {
    if (!(await passes(step))) failing.push(step.name)
  }
  await Promise.all(steps.filter(({ isStatic }) => isStatic).map(runStep))
  for (const step of steps.filter(({ isStatic }) => !isStatic)) await runStep(step)
  const { passed, skipped, failures } = sum(
    [UNIT_REPORT, ...DESKTOP_REPORTS].map((name) => outcomeFrom(join(reports.path, name))),
  )
  reports.remove()

  console.log('')
  if (!only && process.platform !== 'linux') console.log('The desktop tests were not run: they need Linux.')
  if (skipped) console.log(`Skipped tests: ${skipped}`)
  // Repeats the failures at the end, because the halves print in parallel and a failure may scroll away.
  for (const failure of failures) console.log(`\nFAILED ${failure}\n`)
  if (failing.length) console.log(`Failing steps: ${failing.join(', ')}`)
  if (hasTests) console.log(`${passed} passed, ${failures.length} failed`)
  return failing.length || failures.length || (hasTests && passed === 0) ? 1 : 0
}

export async function main() {
  await runMain(testAll)
}
