import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startKiteConnect, type KiteConnectPractice } from '../../practice/kite-connect.ts'
import { startUpstox } from '../../practice/upstox.ts'
import { finds, Marker } from '../support/marker.ts'
import { Profile } from '../support/profile.ts'
import { Terminal } from '../support/terminal.ts'

const node = process.execPath
/** Announces its start and each signal. Ends with 9 at SIGTERM, and otherwise never. */
const LISTENER = `
  for (const name of ["SIGINT", "SIGHUP"]) process.on(name, () => console.log(name))
  process.on("SIGTERM", () => { console.log("SIGTERM"); process.exit(9) })
  setInterval(() => {}, 1e6)
  console.log(process.ppid, "is there")`

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

describe.concurrent('tokentray exec', () => {
  test.for<[how: string, script: string, code: number]>([
    ['0', 'exit 0', 0],
    ['7', 'exit 7', 7],
    ['143 after SIGTERM', 'kill -TERM $$', 143],
    ['137 after SIGKILL', 'kill -KILL $$', 137],
  ])('ends as its command does: with %s', async ([, script, expected]) => {
    const { code, stdout } = await profile.cli.run('exec', 'zerodha', '--', 'sh', '-c', script)
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' })
  })

  test('ends with 127 for a command that is not there, and 126 for one that can’t be run', async () => {
    const missing = await profile.cli.run('exec', 'zerodha', '--', 'no-such-command')
    expect([missing.code, missing.stderr]).toEqual([
      127,
      expect.stringMatching(/^“no-such-command” was not found\.$/m),
    ])
    const folder = await profile.cli.run('exec', 'zerodha', '--', profile.folder)
    expect([folder.code, folder.stderr]).toEqual([126, expect.stringContaining('could not be run (EACCES)')])
  })

  test('adds the token’s variables to the environment, and no other', async () => {
    const child = JSON.parse(
      await profile.cli.mustRun('exec', 'zerodha', '--', node, '-p', 'JSON.stringify(process.env)'),
    )
    const access_token = await profile.cli.mustRun('token', 'zerodha')
    expect(child).toEqual({
      ...profile.env,
      KITE_API_KEY: broker.credentials.api_key,
      KITE_ACCESS_TOKEN: access_token,
    })
  })

  test('L11: leaves out the way to systemd’s credentials, one of which opens the sealed file', async () => {
    const service = Profile.in(profile, { CREDENTIALS_DIRECTORY: profile.folder })
    const { stdout } = await service.cli.run('exec', 'zerodha', '--', 'env')
    expect(stdout).toContain('KITE_ACCESS_TOKEN=')
    expect(stdout).not.toContain('CREDENTIALS_DIRECTORY')
  })

  test('hands standard input on as it is, and takes nothing of it', async () => {
    const input = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))
    const { code, stdout } = await profile.cli.runWith(
      input,
      'exec',
      'zerodha',
      '--',
      'od',
      '-An',
      '-v',
      '-tx1',
    )
    expect(code).toBe(0)
    expect(stdout.replace(/\s/g, '')).toBe(input.toString('hex'))
  })

  test('passes signals on, and waits for the end of the command', async () => {
    const call = profile.cli.startOpen('exec', 'zerodha', '--', node, '-e', LISTENER)
    await call.said(/is there/)
    for (const signal of ['SIGINT', 'SIGHUP'] as const) {
      call.send(signal)
      await call.said(new RegExp(`^${signal}$`, 'm'))
    }
    call.send('SIGTERM')
    const { code, stdout } = await call.ended
    expect(code).toBe(9)
    expect(stdout).toMatch(/\nSIGINT\nSIGHUP\nSIGTERM\n$/)
  })

  test('lets the terminal’s Ctrl-C reach the command once', async () => {
    const terminal = new Terminal(profile.env, 'exec', 'zerodha', '--', node, '-e', LISTENER)
    await terminal.shows('is there')
    terminal.pressCtrlC()
    await terminal.shows('SIGINT')
    terminal.terminate()
    const code = await terminal.ended()
    // The terminal shows its ^C at an unpredictable moment.
    const shown = terminal.shown.replace('^C', '')
    expect([code, shown]).toEqual([9, expect.stringMatching(/ there\nSIGINT\nSIGTERM\n$/)])
  })

  test('keeps the token out of what others can look up of itself', async () => {
    const token = new Marker('token', await profile.cli.mustRun('token', 'zerodha'))
    const call = profile.cli.startOpen('exec', 'zerodha', '--', node, '-e', LISTENER)
    const ours = Number.parseInt(await call.said(/^\d+ is there/m))
    const seen = async (pid: number, name: string) =>
      [`${name} of ${pid}`, await readFile(`/proc/${pid}/${name}`)] as const
    const [child = 0] = (await readFile(`/proc/${ours}/task/${ours}/children`, 'utf8')).split(' ').map(Number)
    expect(finds([token], new Map([await seen(child, 'environ')]))).toHaveLength(1)
    const places = [seen(ours, 'environ'), seen(ours, 'cmdline'), seen(child, 'cmdline')]
    expect(finds([token], new Map(await Promise.all(places)))).toEqual([])
    call.send('SIGTERM')
    await call.ended
  })

  test('logs in first, and runs nothing when that fails', async ({ onTestFinished }) => {
    const strict = await startKiteConnect({ credentials: { user_id: 'AA0001' } })
    onTestFinished(() => strict.stop())
    await profile.addAccount('strict', strict, { password: 'mistyped' })
    const file = path.join(profile.folder, 'was-run')
    for (const expected of [3, 6]) {
      const { code, stdout, stderr } = await profile.cli.run('exec', 'strict', '--', 'touch', file)
      expect({ code, stdout }).toEqual({ code: expected, stdout: '' })
      expect(stderr).toMatch(/^strict: .*password/m)
    }
    await expect(readFile(file)).rejects.toThrow('ENOENT')
    await profile.cli.mustRun('account', 'edit', 'strict', '--env-file', await profile.envFile(strict))
    await profile.cli.mustRun('exec', 'strict', '--', 'touch', file)
    expect(await readFile(file, 'utf8')).toBe('')
  })

  test('runs nothing after Ctrl-C in its login', async ({ onTestFinished }) => {
    const slow = await startKiteConnect({ credentials: { user_id: 'AA0002' } })
    onTestFinished(() => slow.stop())
    await profile.addAccount('slow', slow)
    slow.fault({ kind: 'hang', at: 'POST /api/login' })
    const file = path.join(profile.folder, 'was-run-late')
    const call = profile.cli.start('exec', 'slow', '--', 'touch', file)
    await slow.waitFor('POST /api/login')
    call.interrupt()
    expect(await call.ended).toMatchObject({ code: 130, stdout: '' })
    await expect(readFile(file)).rejects.toThrow('ENOENT')
  })

  test('has the tokens of two brokers, but not two of one', async ({ onTestFinished }) => {
    const upstox = await startUpstox()
    onTestFinished(() => upstox.stop())
    await profile.addAccount('upstox', upstox)
    const names = 'process.env.KITE_ACCESS_TOKEN.length > 0 && process.env.UPSTOX_ACCESS_TOKEN.length > 0'
    expect(await profile.cli.mustRun('exec', 'zerodha', 'upstox', '--', node, '-p', names)).toBe('true')
    await profile.addAccount('twin', broker)
    const { code, stderr } = await profile.cli.run('exec', 'zerodha', 'twin', '--', 'true')
    expect(code).toBe(2)
    expect(stderr).toMatch(/^NAME zerodha and twin both set KITE_/)
  })
})
