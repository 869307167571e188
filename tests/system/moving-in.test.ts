import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect } from 'vitest'
import { startKiteConnect } from '../../practice/kite-connect.ts'
import { startKiteWeb } from '../../practice/kite-web.ts'
import { startUpstox } from '../../practice/upstox.ts'
import { test } from '../support/cli-test.ts'
import { endpointFlags, type Profile } from '../support/profile.ts'
import { Terminal } from '../support/terminal.ts'
import { linesBelow, typeLine } from '../support/typed-lines.ts'

const root = path.join(import.meta.dirname, '../..')
const page = await readFile(path.join(root, 'docs/moving-in.md'), 'utf8')

/** Returns the commands of the page's section. */
function commandsFrom(heading: string): string[] {
  const lines = linesBelow(page, heading)
  expect(lines).toHaveLength(3)
  return lines
}

/** Writes the trader's script, which prints a variable. */
const strategy = (profile: Profile, variable: string): Promise<string> =>
  profile.write('strategy.py', `import os\nprint(os.environ["${variable}"])\n`)

describe.concurrent('three commands move in', () => {
  test('from upstox-totp', async ({ profile }) => {
    const broker = await startUpstox()
    try {
      const { client_id, client_secret, redirect_uri, username, pin_code, totp_secret } = broker.credentials
      const lines = [
        `UPSTOX_USERNAME=${username}      # 10-digit mobile number`,
        'UPSTOX_PASSWORD=your-password           # Your Upstox password',
        `UPSTOX_PIN_CODE=${pin_code}`,
        `UPSTOX_TOTP_SECRET=${totp_secret}`,
        `UPSTOX_CLIENT_ID=${client_id}`,
        `UPSTOX_CLIENT_SECRET=${client_secret}`,
        `UPSTOX_REDIRECT_URI=${redirect_uri}`,
        'UPSTOX_DEBUG=false',
        'UPSTOX_SLEEP_TIME=100',
      ]
      await profile.write('.env', `${lines.join('\n')}\n`)
      const [look = '', add = '', token = ''] = commandsFrom('From upstox-totp')
      expect(await typeLine(look, broker, profile)).toContain('TOTP code: ')
      await typeLine(add, broker, profile)
      const access_token = (await typeLine(token, broker, profile)).trim()
      expect(broker.accepts({ access_token })).toBe(true)
    } finally {
      await broker.stop()
    }
  })

  test('from jugaad-trader, at a terminal', async ({ profile }) => {
    const broker = await startKiteWeb()
    try {
      const { user_id, password, totp_secret } = broker.credentials
      const [add = '', login = '', exec = ''] = commandsFrom('From jugaad-trader')
      const [, ...args] = add.split(' ')
      const terminal = new Terminal(profile.env, ...args, ...endpointFlags(broker))
      const answers = [
        ['User ID: ', user_id],
        ['Password (not shown): ', password],
        ['External TOTP secret (not shown): ', totp_secret],
        ['Is it the code on your phone? [Y/n] ', ''],
        ['Type “yes” to go on: ', 'yes'],
        ['Log in now? [Y/n] ', 'n'],
      ] as const
      for (const [question, answer] of answers) {
        await terminal.shows(question)
        terminal.type(answer)
      }
      expect(await terminal.ended()).toBe(0)
      expect(await typeLine(login, broker, profile)).toMatch(/^zerodha-web: ready/)
      await strategy(profile, 'KITE_ENCTOKEN')
      const enctoken = await typeLine('tokentray token zerodha-web', broker, profile)
      expect(await typeLine(exec, broker, profile)).toBe(enctoken)
    } finally {
      await broker.stop()
    }
  })

  test('from a .env file and pyotp', async ({ profile, broker }) => {
    await writeFile(path.join(profile.folder, '.env'), await readFile(await profile.envFile(broker)))
    const [look = '', add = '', exec = ''] = commandsFrom('From a .env file and pyotp')
    expect(await typeLine(look, broker, profile)).toContain('For Zerodha Kite Connect')
    await typeLine(add, broker, profile)
    await strategy(profile, 'KITE_ACCESS_TOKEN')
    const given = await typeLine(exec, broker, profile)
    expect(given).toBe(await typeLine('tokentray token zerodha-main', broker, profile))
    expect(broker.loginsCompleted).toBe(1)
  })

  test('from OpenAlgo, up to the address to sign in at', async ({ profile }) => {
    const broker = await startKiteConnect()
    try {
      const { api_key, api_secret } = broker.credentials
      await mkdir(path.join(profile.folder, 'openalgo'))
      const lines = [
        `BROKER_API_KEY = '${api_key}'`,
        `BROKER_API_SECRET = '${api_secret}'`,
        "REDIRECT_URL = 'http://127.0.0.1:5000/zerodha/callback'",
        "VALID_BROKERS = 'upstox,zerodha'",
      ]
      await profile.write('openalgo/.env', `${lines.join('\n')}\n`)
      const [look = '', add = '', login = ''] = commandsFrom('From OpenAlgo')
      expect(await typeLine(look, broker, profile)).toContain('found: BROKER_API_KEY, BROKER_API_SECRET')
      await typeLine(add, broker, profile)
      const terminal = new Terminal(profile.env, ...login.split(' ').slice(1))
      await terminal.shows(`api_key=${api_key}`)
      terminal.pressCtrlC()
      expect(await terminal.ended()).toBe(130)
    } finally {
      await broker.stop()
    }
  })
})
