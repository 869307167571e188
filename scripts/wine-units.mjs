import { join } from 'node:path'
import { say } from './messages.mjs'
import { root } from './processes.mjs'
import { outcomeFrom } from './vitest-report.mjs'
import { startWindows, windowsPath } from './wine-run.mjs'

const AT_MOST_MS = 45 * 60_000

/**
 * Runs the unit tests under Windows' Node.
 *
 * @param {import('./wine-setup.mjs').Wine} wine
 * @param {readonly string[]} filter of test files
 * @returns {Promise<boolean>} whether all passed
 */
export async function windowsUnitTests(wine, filter) {
  const begun = performance.now()
  const report = join(wine.folder, 'units.json')
  const { ended } = startWindows(
    wine,
    wine.node,
    [
      ...[
        'node_modules/vitest/vitest.mjs',
        'run',
        '--project',
        'unit*',
        '--maxWorkers=2',
        '--testTimeout=180000',
      ],
      ...['--hookTimeout=180000', '--reporter=json', `--outputFile.json=${windowsPath(report)}`, ...filter],
    ],
    {
      cwd: root,
      timeoutMs: AT_MOST_MS,
      env: { ...wine.nodeEnv, NODE_PATH: windowsPath(wine.natives) },
    },
  )
  const { code, stderr } = await ended
  const { passed, skipped, failures } = outcomeFrom(report)
  for (const failure of failures) say(`FAILED ${failure}\n`)
  // Child processes of tests report there why they ended.
  if (passed === 0 || failures.length > 0) say(stderr.slice(-3000))
  const seconds = Math.round((performance.now() - begun) / 1000)
  say(
    `Unit tests under Windows’ Node: ${passed} passed, ${failures.length} failed, ${skipped} skipped in ${seconds} s`,
  )
  return code === 0 && passed > 0 && failures.length === 0
}
