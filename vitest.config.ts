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
          name: 'desktop',
          include: ['tests/**/*.test.ts'],
          // Each file owns the screen, the session bus and the clipboard while it runs.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
