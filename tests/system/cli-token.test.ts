import { execFileSync } from 'node:child_process'
import { chmod, link, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseEnv } from 'node:util'
import { describe, expect } from 'vitest'
import { test } from '../support/cli-test.ts'
import { hasProgram } from '../support/has-program.ts'
import { ask } from '../support/programs.ts'

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

  test('prints a call that the broker answers, and its header for a call of one’s own', async ({
    profile,
    broker,
  }) => {
    await profile.addAccount('zerodha', broker)
    const { api_key } = broker.credentials
    const access_token = await profile.cli.mustRun('token', 'zerodha', '--login')
    const inFormat = (format: string): Promise<string> =>
      profile.cli.mustRun('token', 'zerodha', '--format', format)
    expect(await inFormat('header')).toBe(`Authorization: token ${api_key}:${access_token}`)
    const script = await profile.write('call.mjs', await inFormat('node'))
    expect(await ask(process.execPath, [script])).toContain("status: 'success'")
    expect(await inFormat('python')).toMatch(/^import requests/)
    if (hasProgram('curl')) expect(await ask('sh', ['-c', await inFormat('curl')])).toContain('"success"')
  })

  test('says what it can’t print', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    for (const [args, words] of [
      [
        ['--format', 'yaml'],
        'not one of raw, json, env, dotenv, fish, docker, powershell, cmd, header, curl, python, node',
      ],
      [['--field', 'enctoken'], 'not one of access_token'],
      [['--field', 'access_token', '--format', 'json'], 'raw format'],
    ] as const) {
      const { code, stdout, stderr } = await profile.cli.run('token', 'zerodha', ...args)
      expect([code, stdout]).toEqual([2, ''])
      expect(stderr).toContain(words)
    }
  })
})

describe.concurrent('tokentray token --out', () => {
  test('writes a file that only its owner can read', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    const file = path.join(profile.folder, '.env.kite')
    const { code, stdout } = await profile.cli.run(
      ...['token', 'zerodha', '--login', '--format', 'dotenv', '--out', file],
    )
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const { KITE_ACCESS_TOKEN: access_token = '' } = parseEnv(await readFile(file, 'utf8'))
    expect(broker.accepts({ access_token })).toBe(true)
  })

  test('puts the new file in the place of the old one, of which nothing is written over', async ({
    profile,
    broker,
  }) => {
    await profile.addAccount('zerodha', broker)
    const file = await profile.write('token', 'the old one\n')
    await chmod(file, 0o644)
    // A reader with the old file open still reads the old content.
    const sameFile = path.join(profile.folder, 'another-name')
    await link(file, sameFile)
    await profile.cli.mustRun('token', 'zerodha', '--login', '--out', file)
    expect(await readFile(sameFile, 'utf8')).toBe('the old one\n')
    expect((await readFile(file, 'utf8')).trim()).toBe(await profile.cli.mustRun('token', 'zerodha'))
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const left = (await readdir(profile.folder)).filter((name) => !name.endsWith('.env'))
    expect(left.sort()).toEqual(['another-name', 'home', 'token'])
  })

  test('leaves the old file as it is when there is no token, or at Ctrl-C', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    const file = await profile.write('token', 'the old one\n')
    expect((await profile.cli.run('token', 'zerodha', '--out', file)).code).toBe(3)
    broker.fault({ kind: 'hang', at: 'GET /user/profile' })
    const call = profile.cli.start('token', 'zerodha', '--login', '--out', file)
    await broker.waitFor('GET /user/profile')
    call.interrupt()
    expect((await call.ended).code).toBe(130)
    expect(await readFile(file, 'utf8')).toBe('the old one\n')
  })

  test('puts its lines into a .env file, and keeps all that is the user’s', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    const own = "# mine\nKITE_PASSWORD='pre#cious'\nKITE_ACCESS_TOKEN=  # auto-populated\nMY_OTHER=1\n"
    const file = await profile.write('own', own)
    const out = ['--format', 'dotenv', '--out', file]
    await profile.cli.mustRun('token', 'zerodha', '--login', ...out)
    const token = await profile.cli.mustRun('token', 'zerodha')
    const updated = `${own.replace('=  #', `=${token} #`)}KITE_API_KEY=${broker.credentials.api_key}\n`
    expect(await readFile(file, 'utf8')).toBe(updated)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    await profile.cli.mustRun('token', 'zerodha', ...out)
    expect(await readFile(file, 'utf8')).toBe(updated)

    await profile.cli.mustRun('token', 'zerodha', ...out, '--replace')
    expect(await readFile(file, 'utf8')).toBe(
      `${await profile.cli.mustRun('token', 'zerodha', ...out.slice(0, 2))}\n`,
    )
  })

  test('never puts a token alone in place of a .env file, nor guesses at one', async ({
    profile,
    broker,
  }) => {
    await profile.addAccount('zerodha', broker)
    const own = 'KITE_PASSWORD=precious\nMY_OTHER=1\n'
    const file = await profile.write('own', own)
    const mixed = await profile.write('mixed', 'KITE_ACCESS_TOKEN="a" KITE_PASSWORD=precious\n')
    const utf16 = await profile.write('utf16', '')
    await writeFile(utf16, `\uFEFF${own}`, 'utf16le')
    for (const [args, sentence] of [
      [['--out', file], /other things in it \(KITE_PASSWORD, MY_OTHER\).*--replace/],
      [['--out', file, '--format', 'json'], /other things in it/],
      [['--out', mixed, '--format', 'dotenv'], /line 1 there are several assignments/],
      [['--out', utf16, '--format', 'dotenv'], /UTF-16.*save it as UTF-8/],
      [['--replace'], /^replace is for --out/],
    ] as const) {
      const { code, stdout, stderr } = await profile.cli.run('token', 'zerodha', '--login', ...args)
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toMatch(sentence)
      expect(stderr).not.toContain('precious')
    }
    expect(await readFile(file, 'utf8')).toBe(own)
    expect(broker.requests).toEqual([])
    await profile.cli.mustRun('token', 'zerodha', '--login', '--out', file, '--replace')
    expect(await readFile(file, 'utf8')).toBe(`${await profile.cli.mustRun('token', 'zerodha')}\n`)
  })

  test('refuses, before any login, a place where others could put theirs', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    const open = path.join(profile.folder, 'open')
    await mkdir(path.join(open, 'inner'), { recursive: true })
    await chmod(open, 0o777)
    const sticky = path.join(profile.folder, 'sticky')
    await mkdir(sticky)
    await chmod(sticky, 0o1777)
    const link = path.join(profile.folder, 'link')
    await symlink(path.join(profile.folder, 'anything'), link)
    const cases: [file: string, sentence: RegExp][] = [
      [path.join(open, 'token'), /others can write to .*chmod go-w/],
      [path.join(open, 'inner', 'token'), /others can write to .*open:/],
      [path.join(sticky, 'token'), /to which others can write.*sticky/],
      [link, /is a symbolic link/],
      [open, /no plain file/],
      [path.join(profile.folder, 'nowhere', 'token'), /folder that is not there/],
    ]
    for (const [file, sentence] of cases) {
      const { code, stdout, stderr } = await profile.cli.run('token', 'zerodha', '--login', '--out', file)
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toMatch(/^out /)
      expect(stderr).toMatch(sentence)
    }
    expect(await readdir(open)).toEqual(['inner'])
    expect(broker.requests).toEqual([])
  })
})
