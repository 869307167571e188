import { readdir } from 'node:fs/promises'
import { describe, expect } from 'vitest'
import { z } from 'zod'
import { test } from '../support/cli-test.ts'

const Practice = z.object({
  broker: z.string(),
  endpoints: z.record(z.string(), z.string()),
  credentials: z.record(z.string(), z.string()),
})

/** Removes the display, but keeps the session bus and its keychain. */
const NO_DISPLAY = { DISPLAY: undefined, XAUTHORITY: undefined }
const SERVER = { ...NO_DISPLAY, DBUS_SESSION_BUS_ADDRESS: undefined, XDG_RUNTIME_DIR: undefined }

describe.concurrent('tokentray practice', () => {
  test('runs a broker whose printed lines are all that is needed to log in', async ({ profile }) => {
    const practice = profile.cli.start('practice')
    const flags = (await practice.said(/^# {3}--endpoint .*$/m)).slice(1).trim().split(' ')
    const envFile = await profile.write('practice.env', practice.stdout)
    await profile.cli.mustRun(
      ...['account', 'add', 'mine', '--broker', 'kite-connect', '--env-file', envFile, '--accept-terms'],
      ...flags,
    )
    expect(await profile.cli.mustRun('login', 'mine')).toMatch(/^mine: ready/)
    practice.interrupt()
    expect((await practice.ended).code).toBe(0)
    const { endpoints } = await profile.account('mine')
    await expect(fetch(endpoints['api'] ?? '')).rejects.toThrow()
  })

  test('runs in the same place again', async ({ profile }) => {
    const places: unknown[] = []
    for (let run = 0; run < 2; run++) {
      const practice = profile.cli.start('practice', '--json')
      const { endpoints } = Practice.parse(JSON.parse(await practice.said(/^\{.*\}$/m)))
      expect((await fetch(endpoints['api'] ?? '')).status).toBe(404)
      practice.interrupt()
      expect((await practice.ended).code).toBe(0)
      places.push(endpoints)
    }
    expect(places[1]).toEqual(places[0])
  })

  test('ends with 2 for an unknown broker', async ({ profile }) => {
    const { code, stderr } = await profile.cli.run('practice', '--broker', 'nse')
    expect(code).toBe(2)
    expect(stderr).toMatch(/^broker “nse” is not known/)
  })
})

describe.concurrent('tokentray morning', () => {
  test('without a display logs in a practice account and shows its code until Ctrl-C', async ({
    profile,
  }) => {
    const morning = profile.cli.with(NO_DISPLAY).start('morning')
    await morning.said(/^practice: ready until 06:00( IST)? (today|tomorrow)$/m)
    await morning.said(/^practice {2}\d{3} \d{3}$/m)
    morning.interrupt()
    expect((await morning.ended).code).toBe(0)
    expect(await profile.cli.mustRun('account', 'list')).toBe('practice  kite-connect')
  })

  test('without a keychain goes on without one, says so, and keeps nothing', async ({ profile }) => {
    await profile.write('marker', '')
    const cli = profile.cli.with({ ...SERVER, TMPDIR: profile.folder })
    const morning = cli.start('morning')
    await morning.said(/^practice: ready until/m)
    await morning.said(/^practice {2}\d{3} \d{3}$/m)
    expect(morning.stderr).toContain('No keychain found')
    expect(morning.stderr).toContain('forgets everything')
    morning.interrupt()
    expect((await morning.ended).code).toBe(0)
    expect((await readdir(profile.folder)).sort()).toEqual(['home', 'marker'])
    expect(await profile.cli.mustRun('account', 'list')).toBe('')
  })
})
