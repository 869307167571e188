import { execFileSync } from 'node:child_process'
import { parseEnv } from 'node:util'
import { describe, expect } from 'vitest'
import { test } from './support/cli-test.ts'

describe.concurrent('tokentray token', () => {
  test('prints all that a script needs, in the form it wants', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    await profile.cli.mustRun('login', 'zerodha')
    const { api_key } = broker.credentials
    const access_token = await profile.cli.mustRun('token', 'zerodha')
    const inFormat = (format: string): Promise<string> =>
      profile.cli.mustRun('token', 'zerodha', '--format', format)

    expect(await inFormat('raw')).toBe(access_token)
    expect(JSON.parse(await inFormat('json'))).toEqual({ api_key, access_token })
    const variables = { KITE_API_KEY: api_key, KITE_ACCESS_TOKEN: access_token }
    expect(parseEnv(await inFormat('dotenv'))).toEqual(variables)
    const script = `${await inFormat('env')}; printf '%s %s' "$KITE_API_KEY" "$KITE_ACCESS_TOKEN"`
    expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(`${api_key} ${access_token}`)
  })

  test('says what it can’t print', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    for (const [args, words] of [
      [['--format', 'yaml'], 'not one of raw, json, env, dotenv'],
      [['--field', 'enctoken'], 'not one of access_token'],
      [['--field', 'access_token', '--format', 'json'], 'raw format'],
    ] as const) {
      const { code, stdout, stderr } = await profile.cli.run('token', 'zerodha', ...args)
      expect([code, stdout]).toEqual([2, ''])
      expect(stderr).toContain(words)
    }
  })
})
