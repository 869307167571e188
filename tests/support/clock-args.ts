import path from 'node:path'

/** The variable with which an app's clock is moved, ms. */
export const AHEAD = 'TOKENTRAY_TEST_AHEAD_MS'

const PRELOADED = path.join(import.meta.dirname, 'children/moved-clock.cjs')

/** Returns the arguments that make Electron follow the clock of an environment, if it has one. */
export const clockArgs = (env: NodeJS.ProcessEnv): string[] =>
  env[AHEAD] === undefined ? [] : ['--require', PRELOADED]
