import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect } from 'vitest'
import type { PracticeBroker } from '../../practice/practice-broker.ts'
import { endpointFlags, type Profile } from './profile.ts'
import { withTokentrayOnPath } from './tokentray-on-path.ts'

/** Returns the lines of the first `sh` block below a heading of a page, without their comments. */
export function linesBelow(page: string, heading: string): string[] {
  const section = page.split(/^## /m).find((text) => text.startsWith(heading)) ?? expect.unreachable(heading)
  const [, block = ''] = /^```sh\n([^]*?)^```/m.exec(section) ?? []
  return block
    .trim()
    .split('\n')
    .map((line) => line.replace(/\s+# .*$/, ''))
}

const environments = new WeakMap<Profile, Promise<NodeJS.ProcessEnv>>()

/** Returns the profile's environment with `tokentray` on the path. */
function environment(profile: Profile): Promise<NodeJS.ProcessEnv> {
  const known = environments.get(profile) ?? withTokentrayOnPath(profile)
  environments.set(profile, known)
  return known
}

/**
 * Runs a line of a page in a shell, in the folder of the profile's files, and returns its output.
 * `account add` gets the addresses of a practice broker.
 */
export async function typeLine(line: string, broker: PracticeBroker, profile: Profile): Promise<string> {
  const addresses = line.includes(' account add ') ? ` ${endpointFlags(broker).join(' ')}` : ''
  const env = await environment(profile)
  return (await promisify(execFile)('sh', ['-c', line + addresses], { env, cwd: profile.folder })).stdout
}
