import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        define: { IS_DEV_BUILD: 'false' },
        test: {
          name: 'unit',
          // For what hangs; nothing is judged by how long it takes.
          testTimeout: 60_000,
          include: ['{assets,electron,practice,renderer,scripts,simulator}/**/*.test.{ts,tsx}'],
        },
      },
      {
        test: {
          name: 'system',
          // They start no window, so nothing of a screen is shared and files run in parallel.
          include: ['tests/system/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'desktop',
          include: ['tests/*.test.ts'],
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
