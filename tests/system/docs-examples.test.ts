import { execFile, spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect } from 'vitest'
import { registry } from '../../electron/core/brokers/registry.ts'
import { definedBrokers } from '../../practice/defined.ts'
import { startPracticeBroker } from '../../practice/start.ts'
import { test } from '../support/cli-test.ts'
import { PROGRAM } from '../support/command-line.ts'
import type { Profile } from '../support/profile.ts'

const root = path.join(import.meta.dirname, '../..')
const docs = await readFile(path.join(root, 'docs/brokers.md'), 'utf8')
const hasRequests = spawnSync('python3', ['-c', 'import requests']).status === 0

/** The command of the docs: the shell gets the token's variables and then runs the example. */
const SHELL = 'eval "$("$0" token "$1" --login --format env)" && shift && exec "$@"'

/** The output of each example: a text that the broker sends only for the right token. */
const answers = definedBrokers.map(({ id, answer }): [id: string, answer: RegExp] => [id, answer])

/** Returns a broker's example in a language. */
function example(id: string, language: string): string {
  const section = docs.split(/^## /m).find((text) => text.split('\n')[0]?.includes(`(\`${id}\`)`)) ?? ''
  return new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(section)?.[1] ?? expect.unreachable(id)
}

/** Replaces a broker's addresses in an example by those of a practice broker. */
function atPractice(code: string, id: string, endpoints: Readonly<Record<string, string>>): string {
  const real = Object.entries(registry.get(id)?.endpoints ?? {})
  const moved = real.reduce((text, [key, url]) => text.replaceAll(url, endpoints[key] ?? url), code)
  // Zerodha's client has a built-in address.
  return moved.replace('new KiteConnect({', `new KiteConnect({ root: '${endpoints['api'] ?? ''}',`)
}

/** Follows the docs with an account at a practice broker and returns the example's output. */
async function followed(id: string, language: string, program: readonly string[], profile: Profile) {
  const practice = await startPracticeBroker(id)
  try {
    await profile.addAccount(id, practice, { delay_ms: '100' })
    const code = atPractice(example(id, language), id, practice.endpoints)
    const args = ['-c', SHELL, PROGRAM, id, ...program, code]
    const env = { ...profile.env, NO_PROXY: '*' }
    return (await promisify(execFile)('sh', args, { env, cwd: root })).stdout
  } finally {
    await practice.stop()
  }
}

describe.concurrent('the example in docs/brokers.md gets the broker’s answer', () => {
  test.for(answers)('in Node at %s', async ([id, answer], { profile }) => {
    const program = [process.execPath, '--input-type=module', '--eval']
    expect(await followed(id, 'js', program, profile)).toMatch(answer)
  })

  // Zerodha's and Upstox's Python packages are not dependencies of this project.
  const withRequests = answers.filter(([id]) => !['kite-connect', 'upstox'].includes(id))
  test.skipIf(!hasRequests).for(withRequests)('in Python at %s', async ([id, answer], { profile }) => {
    expect(await followed(id, 'python', ['python3', '-c'], profile)).toMatch(answer)
  })
})
