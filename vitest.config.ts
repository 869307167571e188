import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { EvenShards } from './scripts/even-shards.mjs'

const folders = ['assets', 'electron', 'gallery', 'practice', 'renderer', 'scripts', 'simulator']
const unitTests = folders.flatMap((folder) =>
  readdirSync(path.join(import.meta.dirname, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.test\.tsx?$/.test(name))
    .map((name) => `${folder}/${name.replaceAll(path.sep, '/')}`),
)

const pageTests = unitTests.filter((file) => file.endsWith('.tsx'))

/** The test files that replace modules, which other files in the same process would meet. */
const mockingTests = unitTests.filter((file) =>
  /\bvi\.(mock|doMock|resetModules)\(/.test(readFileSync(path.join(import.meta.dirname, file), 'utf8')),
)

/** Returns what the build writes into the app; each project needs an object of its own, which Vitest empties. */
const define = () => ({ IS_DEV_BUILD: 'false' })

const unit = {
  // For what hangs; nothing is judged by how long it takes.
  testTimeout: 60_000,
  hookTimeout: 60_000,
  // What a test replaces is put back before the next one.
  restoreMocks: true,
  unstubEnvs: true,
  unstubGlobals: true,
}

export default defineConfig({
  test: {
    sequence: { sequencer: EvenShards },
    projects: [
      {
        define: define(),
        test: {
          name: 'unit',
          ...unit,
          // Files share processes, because loading the same modules again takes longer than most tests.
          isolate: false,
          include: unitTests.filter((file) => !pageTests.includes(file) && !mockingTests.includes(file)),
        },
      },
      { define: define(), test: { name: 'unit-alone', ...unit, include: mockingTests } },
      {
        define: define(),
        test: {
          name: 'unit-pages',
          ...unit,
          environment: 'happy-dom',
          // Files share processes, because loading React and a page again takes longer than most tests.
          isolate: false,
          include: pageTests,
        },
      },
      {
        test: {
          name: 'system',
          // Files share processes, because loading the same modules again takes longer than many tests.
          isolate: false,
          // They start no window, so nothing of a screen is shared and files run in parallel.
          include: ['tests/system/*.test.ts', 'tests/attacks/system/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'desktop',
          // Files share a process, because loading Playwright again takes as long as some of their tests.
          isolate: false,
          include: ['tests/*.test.ts', 'tests/attacks/*.test.ts'],
          // Each file owns the screen, the session bus and the clipboard while it runs.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          // By hand: they install packages into a Debian of their own.
          name: 'installers',
          include: ['tests/installers/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 1_800_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
