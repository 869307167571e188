import { defineConfig } from 'vitest/config'

/** The attacks of `npm run attack`, which `npm test` has no time for. */
export default defineConfig({
  test: {
    name: 'attack',
    include: ['tests/attacks/long/*.attack.ts'],
    fileParallelism: false,
    testTimeout: 3_600_000,
    hookTimeout: 120_000,
  },
})
