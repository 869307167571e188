import { mkdtemp, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect } from 'vitest'
import { z } from 'zod'
import { test } from '../support/cli-test.ts'
import { hasProgram } from '../support/has-program.ts'
import { todayInIndia } from '../support/six-in-india.ts'
import type { Profile } from '../support/profile.ts'
import { ask } from '../support/programs.ts'

const PASSPHRASE = 'six words of a dice are enough'

const print = (profile: Profile, kind: string, zone = 'Asia/Kolkata'): Promise<string> =>
  profile.cli.with({ TZ: zone }).mustRun('schedule', 'print', kind)

async function seal({ cli }: Profile): Promise<void> {
  await cli.runWith(PASSPHRASE, 'keychain', 'init', '--sealed-file', '--passphrase-fd', '0')
}

const isComment = (line: string): boolean => line.startsWith('#')

/** Returns minute, hour and command, as cron reads them. */
function cronLine(text: string): { minute: string; hour: string; command: string } {
  const [line = '', ...more] = text.split('\n').filter((line) => !isComment(line))
  expect(more).toEqual([])
  const [, minute = '', hour = '', command = ''] = /^(\d+) (\d+) \* \* \* (.*)$/.exec(line) ?? []
  return { minute, hour, command: command.replaceAll('\\%', '%') }
}

/** Writes the files that a printed text describes into a new folder, and returns their paths by name. */
async function units(text: string, { folder }: Profile): Promise<Map<string, string>> {
  const dir = await mkdtemp(path.join(folder, 'units-'))
  const parts = text.split(/^# (\S+\/tokentray-login\.(?:service|timer))$/m)
  const files = new Map<string, string>()
  for (let at = 1; at < parts.length; at += 2) {
    const file = path.join(dir, path.basename(parts[at] ?? ''))
    await writeFile(file, parts[at + 1] ?? '')
    files.set(parts[at] ?? '', file)
  }
  return files
}

/** Runs a command line as a scheduler does: without this shell's environment. */
const bare = (command: string, env: NodeJS.ProcessEnv): Promise<string | null> =>
  ask('sh', ['-c', command], { PATH: '/usr/bin:/bin', ...env })

describe.concurrent('tokentray schedule print', () => {
  test('prints a cron line that logs in with nothing of the shell’s environment', async ({
    profile,
    broker,
  }) => {
    await profile.addAccount('zerodha', broker)
    await profile.cli.mustRun('schedule', 'day', todayInIndia(), 'open')
    const { minute, hour, command } = cronLine(await print(profile, 'cron'))
    expect([minute, hour]).toEqual(['30', '8'])
    expect(await bare(command, { HOME: profile.folder })).toMatch(/^zerodha: ready until/)
    expect(broker.loginsCompleted).toBe(1)
  })

  test('prints a cron line that opens a sealed keychain from a file', async ({ profile }) => {
    await seal(profile)
    await profile.write('.tokentray-passphrase', `${PASSPHRASE}\n`)
    const { command } = cronLine(await print(profile, 'cron'))
    // Replaces a login, which opens and seals the keychain many times.
    const look = command.replace('login --trading-days', 'keychain status')
    expect(await bare(look, { HOME: profile.folder })).toContain('It is open and works.')
  })

  const zones: [zone: string, early: boolean][] = [
    ['Asia/Kolkata', false],
    ['America/New_York', true],
    ['Europe/London', true],
    ['Pacific/Auckland', true],
  ]
  test.for(zones)(
    'means 08:30 in India in the zone %s, and is never late',
    async ([zone, early], { profile }) => {
      const text = await print(profile, 'cron', zone)
      const { minute, hour } = cronLine(text)
      const inIndia = async (day: string): Promise<string> =>
        (await ask('date', ['-d', `TZ="${zone}" ${day} ${hour}:${minute}`, '+%H:%M'], {
          TZ: 'Asia/Kolkata',
        })) ?? ''
      const seen = await Promise.all(['2027-01-15', '2027-07-15'].map(inIndia))
      expect(seen.map((time) => time.trim()).sort()).toEqual(early ? ['07:30', '08:30'] : ['08:30', '08:30'])
      expect(text.includes('in summer time, 07:30')).toBe(early)
    },
  )

  test.skipIf(!hasProgram('systemd-analyze'))(
    'prints a service and a timer that systemd takes, for 08:30 in India',
    async ({ profile }) => {
      const text = await print(profile, 'systemd', 'America/New_York')
      const files = await units(text, profile)
      expect([...files.keys()]).toEqual([
        '~/.config/systemd/user/tokentray-login.service',
        '~/.config/systemd/user/tokentray-login.timer',
      ])
      expect(await ask('systemd-analyze', ['verify', ...files.values()])).not.toBeNull()
      expect(text.split('\n')).toEqual(expect.arrayContaining(['TimeoutStartSec=15min', 'LimitCORE=0']))
      const [, calendar = ''] = /^OnCalendar=(.*)$/m.exec(text) ?? []
      const starts =
        (await ask('systemd-analyze', ['calendar', '--iterations=3', calendar], { TZ: 'UTC' })) ?? ''
      expect(starts.match(/ 03:00:00 UTC/g)).toHaveLength(3)
    },
  )

  test.skipIf(!hasProgram('systemd-analyze'))(
    'prints a service of the system’s with the passphrase as its credential where the keychain is sealed',
    async ({ profile }) => {
      await seal(profile)
      const text = await print(profile, 'systemd')
      const files = await units(text, profile)
      expect([...files.keys()]).toEqual([
        '/etc/systemd/system/tokentray-login.service',
        '/etc/systemd/system/tokentray-login.timer',
      ])
      expect(await ask('systemd-analyze', ['verify', ...files.values()])).not.toBeNull()
      const user = ((await ask('id', ['-un'])) ?? '').trim()
      expect(text.split('\n')).toEqual(
        expect.arrayContaining([
          `User=${user}`,
          'LoadCredentialEncrypted=tokentray-passphrase:/etc/tokentray/passphrase.cred',
          `Environment=TOKENTRAY_HOME=${profile.home}`,
        ]),
      )
      expect(text).toContain('systemd-creds encrypt --name=tokentray-passphrase')
    },
  )

  test.skipIf(!hasProgram('python3'))('prints a launch agent that logs in', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    await profile.cli.mustRun('schedule', 'day', todayInIndia(), 'open')
    const file = await profile.write(
      'in.tokentray.login.plist',
      await print(profile, 'launchd', 'Asia/Singapore'),
    )
    const agent = Agent.parse(await python(READ_PLIST, file))
    expect(agent.StartCalendarInterval).toEqual({ Hour: 11, Minute: 0 })
    const [program = '', ...args] = agent.ProgramArguments
    expect(await ask(program, args, { PATH: '/usr/bin:/bin', ...agent.EnvironmentVariables })).toMatch(
      /^zerodha: ready until/,
    )
  })

  test.skipIf(!hasProgram('python3'))(
    'prints a task for Windows, for the same moment in every zone',
    async ({ profile }) => {
      const file = await profile.write(
        'tokentray-login.xml',
        await print(profile, 'windows', 'America/New_York'),
      )
      const task = Task.parse(await python(READ_TASK, file))
      expect(task.StartBoundary).toBe('2026-01-01T03:00:00Z')
      expect(task.DaysInterval).toBe('1')
      expect(task.Command).toBe(process.execPath)
      expect(task.Arguments).toMatch(/^-- "[^"]+cli\.js" login --trading-days$/)
    },
  )

  test('tells in comments how to install each, and nothing beside it', async ({ profile }) => {
    const hows: [kind: string, how: string][] = [
      ['systemd', 'systemctl --user enable --now tokentray-login.timer'],
      ['cron', 'crontab -e'],
      ['windows', 'schtasks /Create'],
      ['launchd', 'launchctl bootstrap'],
    ]
    for (const [kind, how] of hows) {
      const { code, stdout, stderr } = await profile.cli.run('schedule', 'print', kind)
      expect([kind, code, stderr]).toEqual([kind, 0, ''])
      const comments = /<!--([^]*?)-->/.exec(stdout)?.[1] ?? stdout.split('\n').filter(isComment).join('\n')
      expect(comments).toContain(how)
      expect(comments).toContain('does nothing on days on which the exchange is closed')
    }
  })

  test.for(['systemd', 'cron', 'windows', 'launchd'])(
    'L9: refuses to print a line for %s that a variable brought along',
    async (kind, { profile }) => {
      const cases = [
        { TOKENTRAY_HOME: `${profile.folder}/a\nExecStart=/bin/evil` },
        { XDG_DATA_HOME: `${profile.folder}/a\r* * * * * evil` },
        { TOKENTRAY_HOME: `${profile.folder}/a\u2028b\u202e` },
      ]
      for (const env of cases) {
        const { code, stdout, stderr } = await profile.cli.with(env).run('schedule', 'print', kind)
        expect([code, stdout]).toEqual([2, ''])
        expect(stderr).toBe(
          `${Object.keys(env).join()} has a line end or another character that can’t be seen, which no printed ` +
            'schedule may hold\n',
        )
      }
    },
  )

  test('names the schedulers it knows to whoever asks for another', async ({ profile }) => {
    const { code, stderr } = await profile.cli.run('schedule', 'print', 'at')
    expect([code, stderr]).toEqual([2, expect.stringContaining('systemd, cron, windows, launchd')])
  })
})

const Agent = z.object({
  ProgramArguments: z.array(z.string()),
  EnvironmentVariables: z.record(z.string(), z.string()),
  StartCalendarInterval: z.record(z.string(), z.number()),
})
const READ_PLIST = 'import json, plistlib, sys; print(json.dumps(plistlib.load(open(sys.argv[1], "rb"))))'

const Task = z.object({
  StartBoundary: z.string(),
  DaysInterval: z.string(),
  Command: z.string(),
  Arguments: z.string(),
})
const READ_TASK =
  'import json, sys, xml.etree.ElementTree as tree; ' +
  'print(json.dumps({at.tag.split("}")[1]: at.text for at in tree.parse(sys.argv[1]).iter()}))'

/** Returns what an independent parser reads in a file. */
const python = async (program: string, file: string): Promise<unknown> =>
  JSON.parse((await ask('python3', ['-c', program, file])) ?? '')
