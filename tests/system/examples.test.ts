import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect } from 'vitest'
import { startUpstox } from '../../practice/upstox.ts'
import { test } from '../support/cli-test.ts'
import { hasProgram } from '../support/has-program.ts'
import { withTokentrayOnPath } from '../support/tokentray-on-path.ts'

const run = promisify(execFile)
const example = (name: string): string => path.join(import.meta.dirname, '../../examples', name)

/** Stand-ins for the brokers' Python libraries, which print their arguments. */
const libraries: readonly [file: string, text: string][] = [
  [
    'kiteconnect.py',
    `
class KiteConnect:
    def __init__(self, api_key, access_token=None, root=None):
        print("given", api_key, access_token, root)
    def profile(self):
        return {"user_name": "A", "user_id": "B", "broker": "C"}
`,
  ],
  [
    'upstox_client.py',
    `
from types import SimpleNamespace
class Configuration:
    access_token = None
def ApiClient(configuration):
    return configuration
class UserApi:
    def __init__(self, client):
        print("given", client.access_token)
    def get_profile(self, version):
        return SimpleNamespace(data=SimpleNamespace(user_name="A", user_id=version, broker="C"))
`,
  ],
]

/** Returns an environment in which Python finds those libraries. */
async function withLibraries(folder: string, env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  const dir = path.join(folder, 'python')
  await mkdir(dir)
  for (const [file, text] of libraries) await writeFile(path.join(dir, file), text)
  // Keeps compiled files out of the examples' folder.
  return { ...env, PYTHONPATH: dir, PYTHONPYCACHEPREFIX: path.join(dir, 'cache') }
}

describe.concurrent('an example', () => {
  test('in Node logs in and asks the broker with Zerodha’s own library', async ({ profile, broker }) => {
    await profile.addAccount('mine', broker)
    const env = { ...(await withTokentrayOnPath(profile)), KITE_API_ROOT: broker.endpoints.api }
    const { stdout } = await run(process.execPath, [example('node/kite-profile.mjs'), 'mine'], { env })
    expect(stdout).toMatch(/\(PR0001\) at ZERODHA\n$/)
    expect(broker.loginsCompleted).toBe(1)
  })

  test('in Node ends as TokenTray does when there is no token to be had', async ({ profile, broker }) => {
    await profile.addAccount('mine', broker, { password: 'wrong' })
    const env = { ...(await withTokentrayOnPath(profile)), KITE_API_ROOT: broker.endpoints.api }
    const running = run(process.execPath, [example('node/kite-profile.mjs'), 'mine'], { env })
    await expect(running).rejects.toMatchObject({ code: 3, stdout: '' })
  })

  test.skipIf(!hasProgram('python3'))(
    'in Python hands API key and token to kiteconnect',
    async ({ profile, broker }) => {
      await profile.addAccount('mine', broker)
      const { endpoints, credentials } = broker
      const env = await withLibraries(profile.folder, await withTokentrayOnPath(profile))
      const { stdout } = await run('python3', [example('python/kite_profile.py'), 'mine'], {
        env: { ...env, KITE_API_ROOT: endpoints.api },
      })
      const token = await profile.cli.mustRun('token', 'mine')
      expect(stdout).toBe(`given ${credentials.api_key} ${token} ${endpoints.api}\nA (B) at C\n`)
      expect(broker.accepts({ access_token: token })).toBe(true)
    },
  )

  test.skipIf(!hasProgram('python3'))(
    'in Python finds the token of “tokentray exec” and hands it to upstox_client',
    async ({ profile, onTestFinished }) => {
      const broker = await startUpstox()
      onTestFinished(() => broker.stop())
      await profile.addAccount('mine', broker)
      const env = await withLibraries(profile.folder, profile.env)
      const cli = profile.cli.with(env)
      const stdout = await cli.mustRun('exec', 'mine', '--', 'python3', example('python/upstox_profile.py'))
      expect(stdout).toBe(`given ${await profile.cli.mustRun('token', 'mine')}\nA (2.0) at C`)
    },
  )

  test.skipIf(!hasProgram('python3'))(
    'in Python says how to be run when it finds no token',
    async ({ profile }) => {
      const env = { ...(await withLibraries(profile.folder, profile.env)), UPSTOX_ACCESS_TOKEN: undefined }
      const running = run('python3', [example('python/upstox_profile.py')], { env })
      await expect(running).rejects.toMatchObject({ stderr: expect.stringContaining('tokentray exec') })
    },
  )
})
