import { mkdir, symlink } from 'node:fs/promises'
import path from 'node:path'
import type { Profile } from './profile.ts'

/** The environment of somebody who has put `tokentray` on their path, as `npm link` does. */
export async function withTokentrayOnPath({ env, folder }: Profile): Promise<NodeJS.ProcessEnv> {
  const bin = path.join(folder, 'bin')
  await mkdir(bin)
  await symlink(path.join(import.meta.dirname, '../../dist/cli.js'), path.join(bin, 'tokentray'))
  return { ...env, PATH: `${bin}:${env['PATH'] ?? ''}` }
}
