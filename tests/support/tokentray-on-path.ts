import { mkdir, symlink } from 'node:fs/promises'
import path from 'node:path'
import type { Profile } from './profile.ts'

/** Returns an environment with `tokentray` on the path, as `npm link` leaves it. */
export async function withTokentrayOnPath({ env, folder }: Profile): Promise<NodeJS.ProcessEnv> {
  const bin = path.join(folder, 'bin')
  await mkdir(bin)
  await symlink(path.join(import.meta.dirname, '../../dist/cli.js'), path.join(bin, 'tokentray'))
  return { ...env, PATH: `${bin}:${env['PATH'] ?? ''}` }
}
