import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commands as all } from '../../electron/cli/commands.ts'
import { startKiteConnect, type KiteConnectPractice } from '../../practice/kite-connect.ts'
import { Profile } from '../support/profile.ts'
import { ask } from '../support/programs.ts'

/** The environment of a server without a desktop login, and so without a session bus. */
const SERVER = { DBUS_SESSION_BUS_ADDRESS: undefined, XDG_RUNTIME_DIR: undefined, DISPLAY: undefined }

/** Makes a part of Node fail in the program, because no call by itself can find a bug. */
const BROKEN = path.join(import.meta.dirname, '../support/children/broken-node.cjs')

let broker: KiteConnectPractice
let profile: Profile

beforeAll(async () => {
  broker = await startKiteConnect()
  profile = await Profile.create()
  await profile.addAccount('zerodha', broker)
  await profile.cli.mustRun('login', 'zerodha')
})

afterAll(async () => {
  await profile.remove()
  await broker.stop()
})

/** The commands that a person types. */
const commands = new Map([...all].filter(([name]) => name !== 'clear-clipboard'))

type Call = [call: string, onDesktop: number, onServer: number]

/** A call without secrets works everywhere; a call that needs a secret ends with 5 without a keychain. */
const calls: Call[] = [
  ['--version', 0, 0],
  ['account list', 0, 0],
  ['account show zerodha', 0, 0],
  ['account edit zerodha --accept-terms', 0, 5],
  ['status zerodha', 0, 0],
  ['status --probe', 0, 5],
  ['login', 0, 5],
  ['token zerodha', 0, 5],
  ['exec zerodha -- true', 0, 5],
  ['totp zerodha', 0, 5],
  ['history zerodha', 0, 0],
  ['doctor', 0, 5],
  ['keychain status', 0, 5],
  ['schedule', 0, 0],
  ['schedule status', 0, 0],
  ['schedule pause --until today', 0, 0],
  ['schedule resume', 0, 0],
  ['schedule at zerodha 08:40', 0, 0],
  ['schedule at zerodha default', 0, 0],
  ['schedule skip zerodha', 0, 0],
  ['schedule unskip zerodha', 0, 0],
  ['schedule day 2030-01-01 open', 0, 0],
  ['schedule telegram --off', 0, 5],
  ['completion accounts', 0, 0],
]

/** Calls that are mistakes in every environment. */
const mistakes = [
  'account edit zerodha',
  'keychain',
  'keychain init',
  'keychain change-passphrase',
  'schedule day 2030-02-30 open',
  'completion csh',
  'fly',
  'token',
  'exec zerodha',
]

const endings: Call[] = [
  ['logout zerodha', 0, 5],
  ['logout zerodha', 0, 5],
  ['account remove zerodha', 0, 5],
]

async function endsAlike([call, onDesktop, onServer]: Call): Promise<void> {
  for (const [cli, expected] of [
    [profile.cli.with(SERVER), onServer],
    [profile.cli, onDesktop],
  ] as const) {
    const { code, stdout, stderr } = await cli.run(...call.split(' '))
    expect({ code, stderr }).toEqual({ code: expected, stderr: expect.not.stringContaining('bug') })
    // The output of these two is the report of problems.
    if (expected !== 0 && !/^(doctor|keychain status)/.test(call)) {
      expect([stdout, stderr]).toEqual(['', expect.stringMatching(/\S/)])
    }
    expect(stdout + stderr).not.toContain('\u001b')
  }
}

describe.concurrent('on a desktop, and on a server without a session bus', () => {
  test.for(calls)('“%s” ends with %i and %i, and without colours', endsAlike)
})

describe.concurrent('a call that can’t be meant', () => {
  test.for(mistakes)('such as “%s” ends with 2 and says why', async (call) => {
    const { code, stdout, stderr } = await profile.cli.run(...call.split(' '))
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(/\w/)])
  })
})

test('a bug ends with 1, and says that it is one', async () => {
  const broken = profile.cli.with({ NODE_OPTIONS: `--require ${BROKEN}` })
  const { code, stdout, stderr } = await broken.run('status', '--json')
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(/^This is a bug in TokenTray: .*made-up bug/)
})

describe('at the end of the day, on both,', () => {
  test.for(endings)('“%s” ends with %i and %i', endsAlike)

  test('nothing is left', async () => {
    expect(await profile.cli.mustRun('account', 'list')).toBe('')
    expect(await profile.inKeychain('zerodha/password')).toBeNull()
  })
})

describe.concurrent('help', () => {
  test('names every command, with and without being asked', async () => {
    const help = await profile.cli.mustRun()
    for (const name of commands.keys()) {
      // Only `npm start` calls it.
      if (name !== 'morning') expect(help).toMatch(new RegExp(`^ {2}${name} +\\S`, 'm'))
    }
    expect(await profile.cli.mustRun('help')).toBe(help)
  })

  test.for([...commands])(
    'on %s tells its options and those of its actions, in lines to read',
    async ([name, load]) => {
      const { actions = new Map(), options = {} } = await load()
      const help = await profile.cli.mustRun(name, '--help')
      for (const action of actions.keys()) expect(help).toContain(`tokentray ${name} ${action}`)
      for (const option of Object.keys(options)) expect(help).toMatch(new RegExp(`^  --${option}\\b`, 'm'))
      for (const line of help.split('\n')) expect(line.length).toBeLessThan(130)
    },
  )

  test('on an action tells its options', async () => {
    const help = await profile.cli.mustRun('schedule', 'pause', '--help')
    expect(help).toMatch(/^tokentray schedule pause .*\n/)
    expect(help).toMatch(/^ {2}--until /m)
  })

  test('asked for behind a -- is the command’s own', async () => {
    const { stdout } = await profile.cli.run('exec', 'nobody', '--', 'ls', '--help')
    expect(stdout).toBe('')
  })

  test('is named where a call is wrong', async () => {
    const { code, stderr } = await profile.cli.run('account', 'add')
    expect([code, stderr]).toEqual([
      2,
      'Which name? As in: tokentray account add zerodha-main --broker kite-connect\nSee: tokentray account add --help\n',
    ])
  })
})

describe.concurrent('completion', () => {
  test.for([
    ['bash', ['-n']],
    ['zsh', ['-n']],
    ['fish', ['--no-execute']],
  ] as const)('for %s is a script that it understands, with every command', async ([shell, check]) => {
    const script = await profile.cli.mustRun('completion', shell)
    for (const name of commands.keys()) expect(script).toContain(name)
    const file = await profile.write(`completion.${shell}`, script)
    expect(await ask(shell, [...check, file])).toBe('')
  })

  test('in bash offers commands, options and account names', async () => {
    const own = await Profile.create()
    await own.addAccount('zerodha-main', broker)
    const file = await own.write('completion.bash', await own.cli.mustRun('completion', 'bash'))
    const offered = async (...words: string[]): Promise<string> => {
      const line = ['tokentray', ...words].map((word) => `'${word}'`).join(' ')
      const program = path.join(import.meta.dirname, '../../dist/cli.js')
      const call = `tokentray() { '${program}' "$@"; }; . '${file}'; COMP_WORDS=(${line}); COMP_CWORD=${words.length}; _tokentray; echo "\${COMPREPLY[@]}"`
      return (await ask('bash', ['-c', call], own.env))?.trim() ?? ''
    }
    expect(await offered('log')).toBe('login logout')
    expect(await offered('login', 'z')).toBe('zerodha-main')
    expect(await offered('token', 'zerodha-main', '--f')).toBe('--field --format')
    expect(await offered('account', 're')).toBe('remove')
    await own.remove()
  })
})
