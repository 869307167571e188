import { spawnSync } from 'node:child_process'

/** Whether a program can be run here: what only some systems have is not tested on the others. */
export const hasProgram = (name: string): boolean => spawnSync(name, ['--version']).error === undefined
