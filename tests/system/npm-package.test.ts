import { execFileSync } from 'node:child_process'
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { dependencies, engines, version } from '../../package.json'
import { CommandLine } from '../support/command-line.ts'
import { Profile } from '../support/profile.ts'
import { ask } from '../support/programs.ts'

const CHECKOUT = path.join(import.meta.dirname, '../..')
const TARBALL = path.join(CHECKOUT, 'release', `tokentray-${version}.tgz`)
/** What the packed command line may have, bytes. */
const LIMIT = 1_300_000

const Practice = z.object({
  endpoints: z.record(z.string(), z.string()),
  credentials: z.record(z.string(), z.string()),
})
const Status = z.object({ accounts: z.array(z.object({ name: z.string(), freshness: z.string() })) })

let profile: Profile
let folder: string
let cli: CommandLine

/** Installs the tarball in an empty folder outside the checkout, without running a script, as a server would. */
beforeAll(async () => {
  profile = await Profile.create({ DISPLAY: undefined, XAUTHORITY: undefined, WAYLAND_DISPLAY: undefined })
  execFileSync(process.execPath, ['scripts/package.mjs', '--npm'], { cwd: CHECKOUT, stdio: 'pipe' })
  folder = path.join(profile.folder, 'empty')
  await mkdir(folder)
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error']
  // The checkout has the registry and its settings.
  const registry = execFileSync('npm', ['config', 'get', 'registry'], { cwd: CHECKOUT, encoding: 'utf8' })
  execFileSync('npm', ['install', `--registry=${registry.trim()}`, ...options, TARBALL], {
    cwd: folder,
    stdio: 'pipe',
  })
  cli = new CommandLine(profile.env, path.join(folder, 'node_modules', '.bin', 'tokentray'))
})

afterAll(async () => {
  await profile.remove()
})

test('the npm package has the command line and keytar alone, and says what is in it', async () => {
  expect((await stat(TARBALL)).size).toBeLessThan(LIMIT)
  const installed = (await readdir(path.join(folder, 'node_modules'))).filter((name) => !name.startsWith('.'))
  expect(installed.sort()).toEqual(['keytar', 'node-addon-api', 'tokentray'])
  const own = path.join(folder, 'node_modules', 'tokentray')
  expect(JSON.parse(await readFile(path.join(own, 'package.json'), 'utf8'))).toEqual({
    name: 'tokentray',
    version,
    description: 'Access tokens and TOTP codes for Indian brokers, from the command line',
    license: 'MIT',
    author: 'The TokenTray authors',
    type: 'module',
    bin: { tokentray: 'dist/cli.js' },
    engines,
    dependencies: { keytar: dependencies.keytar },
  })
  expect((await readdir(own)).sort()).toEqual(['LICENSE', 'README.md', 'dist', 'licenses.md', 'package.json'])
  expect((await readdir(path.join(own, 'dist'))).sort()).toEqual(['chunks', 'cli.js', 'qr-reader.js'])
  const licences = await readFile(path.join(own, 'licenses.md'), 'utf8')
  expect(licences).toMatch(/^## zod [\d.]+ \(MIT\)\n[^]*Permission is hereby granted/m)
})

test('a whole practice morning with the installed package, without a display', async () => {
  expect(await cli.mustRun('--version')).toBe(version)
  const practice = cli.start('practice', '--json')
  const { endpoints, credentials } = Practice.parse(JSON.parse(await practice.said(/^\{.*\}$/m)))
  const names = ['api_key', 'api_secret', 'user_id', 'password', 'totp_secret']
  const lines = names.map((name) => `KITE_${name.toUpperCase()}=${credentials[name] ?? ''}`)
  const flags = Object.entries(endpoints).flatMap(([key, url]) => ['--endpoint', `${key}=${url}`])
  const envFile = await profile.write('practice.env', lines.join('\n'))
  const add = ['account', 'add', 'mine', '--broker', 'kite-connect', '--env-file', envFile, '--accept-terms']
  await cli.mustRun(...add, ...flags)
  expect(await cli.mustRun('login')).toMatch(/^mine: ready/)
  const { accounts } = Status.parse(JSON.parse(await cli.mustRun('status', '--json')))
  expect(accounts).toEqual([{ name: 'mine', freshness: expect.stringMatching(/^(fresh|expiring)$/) }])
  const token = await cli.mustRun('token', 'mine')
  expect(token).toMatch(/^\w{16,}$/)
  expect(await profile.inKeychain('mine/password')).toBe(credentials['password'])
  const child = [process.execPath, '-p', 'process.env.KITE_ACCESS_TOKEN']
  expect(await cli.mustRun('exec', 'mine', '--', ...child)).toBe(token)
  expect(await cli.mustRun('totp', 'mine')).toMatch(/\b\d{6}\b/)
  expect(await cli.mustRun('completion', 'bash')).toContain('tokentray')
  await cli.mustRun('logout', 'mine')
  practice.interrupt()
  expect((await practice.ended).code).toBe(0)
})

test('the installed package reads QR codes, in a process of its own', async () => {
  const picture = path.join(profile.folder, 'qr.png')
  await ask('qrencode', ['-o', picture, 'otpauth://totp/Zerodha:AB1234?secret=GEZDGNBVGY3TQOJQ'])
  expect(await cli.mustRun('account', 'import', picture)).toContain('Zerodha: AB1234')
  await rm(picture)
})
