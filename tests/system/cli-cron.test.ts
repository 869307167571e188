import { execFile } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startKiteConnect, type KiteConnectPractice } from '../../practice/kite-connect.ts'
import type { Ended } from '../support/command-line.ts'
import { Profile } from '../support/profile.ts'

let broker: KiteConnectPractice
let profile: Profile

beforeAll(async () => {
  broker = await startKiteConnect()
  profile = await Profile.create()
  await profile.addAccount('zerodha', broker)
})

afterAll(async () => {
  await profile.remove()
  await broker.stop()
})

/** Runs a line as cron does: https://man7.org/linux/man-pages/man5/crontab.5.html */
function runAsCron(line: string): Promise<Ended> {
  const env = { HOME: profile.folder, LOGNAME: 'trader', SHELL: '/bin/sh', PATH: '/usr/bin:/bin' }
  return new Promise((resolve) => {
    const child = execFile(
      '/bin/sh',
      ['-c', line],
      { env, cwd: profile.folder },
      (_error, stdout, stderr) => {
        resolve({ code: child.exitCode, stdout, stderr })
      },
    )
    child.stdin?.end()
  })
}

/** Returns the command of the printed line, without its five time fields, for any day of the week. */
async function printedCommand(): Promise<string> {
  const lines = (await profile.cli.mustRun('schedule', 'print', 'cron')).trimEnd().split('\n')
  const [, command = ''] = /^[\d*]+ [\d*]+ \* \* \S+ (.*) --trading-days$/.exec(lines.at(-1) ?? '') ?? []
  expect(command).toMatch(/login$/)
  return command.replaceAll(String.raw`\%`, '%')
}

describe('a script that cron runs, with an environment of its own', () => {
  test('logs in by the printed line', async () => {
    const command = await printedCommand()
    expect(await runAsCron(command)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^zerodha: ready/),
    })
    expect(broker.loginsCompleted).toBe(1)
  })

  test('is told what is missing when the way to the keychain is', async () => {
    const command = (await printedCommand()).replace(/DBUS_SESSION_BUS_ADDRESS=\S+ /, '')
    const before = broker.requests.length
    const { code, stdout, stderr } = await runAsCron(command.replace(/login$/, 'token zerodha'))
    expect({ code, stdout }).toEqual({ code: 5, stdout: '' })
    expect(stderr).toMatch(/No keychain found\.\n.*\n.*cron.*“tokentray schedule print”/)
    expect(broker.requests).toHaveLength(before)
  })

  test('works with no environment at all where no secret is needed', async () => {
    const command = (await printedCommand()).replace(
      /^(.* )?(?=\S+ -- )/,
      `env -i TOKENTRAY_HOME='${profile.home}' `,
    )
    const { code, stdout } = await runAsCron(command.replace(/login$/, 'status'))
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^zerodha: /) })
  })
})
