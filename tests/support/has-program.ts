import { spawnSync } from 'node:child_process'

/** Tells whether a program can run here, so that tests of optional programs are skipped elsewhere. */
export const hasProgram = (name: string): boolean => spawnSync(name, ['--version']).error === undefined
