import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { rootCertificates } from 'node:tls'
import { runWindows, startCli, startWindows, windowsPath } from './wine-run.mjs'
import { walkThrough } from './wine-steps.mjs'

/** @typedef {import('./wine-setup.mjs').Wine} Wine */

const HOME = 'C:\\tt home'
const READY_WITHIN_MS = 60_000
/** The time limit for reading a held lock, which takes ten seconds, and for the start of a process. */
const TOLD_WITHIN_MS = 20_000

/**
 * Runs the command line's practice morning under Windows' Node, step by step.
 *
 * @param {Wine} wine
 * @returns {Promise<boolean>} whether every step went well
 */
export const windowsMorning = (wine) =>
  walkThrough('The command line under Windows’ Node', (step) => morning(wine, step))

/**
 * Walks through the morning.
 * @param {Wine} wine
 * @param {import('./wine-steps.mjs').Step} step
 */
async function morning(wine, step) {
  const disk = join(wine.prefix, 'drive_c')
  const env = { TOKENTRAY_HOME: HOME }
  /** @param {string[]} args */
  const tokentray = (...args) => startCli(wine, args, { env }).ended
  /** @param {string[]} args */
  const must = async (...args) => {
    const { code, stdout, stderr } = await tokentray(...args)
    assert.equal(code, 0, `${args.join(' ')} ended with ${code}: ${stderr}`)
    return stdout
  }

  const practice = startCli(wine, ['practice', '--json'], { env, timeoutMs: 30 * 60_000 })
  const { endpoints, credentials } = JSON.parse(await firstLine(practice.stdout))
  const names = {
    ...{ api_key: 'KITE_API_KEY', api_secret: 'KITE_API_SECRET', user_id: 'KITE_USER_ID' },
    ...{ password: 'KITE_PASSWORD', totp_secret: 'KITE_TOTP_SECRET' },
  }
  const lines = Object.entries(names).map(([field, name]) => `${name}=${credentials[field] ?? ''}`)
  writeFileSync(join(disk, 'practice.env'), lines.join('\r\n'))
  const flags = Object.entries(endpoints).flatMap(([key, url]) => ['--endpoint', `${key}=${url}`])
  let token = ''

  await step('account add', async () => {
    const adding = ['account', 'add', 'zerodha', '--broker', 'kite-connect', '--env-file', 'C:\\practice.env']
    await must(...adding, '--accept-terms', ...flags)
  })
  await step('login', async () => assert.match(await must('login', 'zerodha'), /^zerodha: ready/))
  await step('status', async () => {
    assert.equal(JSON.parse(await must('status', '--json')).accounts[0].freshness, 'fresh')
  })
  await step('token, also for PowerShell and cmd', async () => {
    token = (await must('token', 'zerodha')).trim()
    assert.match(token, /^\w{16,}$/)
    const powershell = await must('token', 'zerodha', '--format', 'powershell')
    assert.ok(powershell.includes(`$env:KITE_ACCESS_TOKEN = '${token}'`), powershell.replaceAll(token, '…'))
    const cmd = await must('token', 'zerodha', '--format', 'cmd')
    assert.ok(cmd.includes(`set "KITE_ACCESS_TOKEN=${token}"`), cmd.replaceAll(token, '…'))
  })
  await step('cmd takes the lines for it', async () => {
    writeFileSync(
      join(disk, 'set.bat'),
      `@echo off\r\n${(await must('token', 'zerodha', '--format', 'cmd')).replaceAll('\n', '\r\n')}\r\necho %KITE_ACCESS_TOKEN%\r\n`,
    )
    assert.equal((await runWindows(wine, 'cmd', ['/c', 'C:\\set.bat'])).stdout.trim(), token)
  })
  await step('token into a file', async () => {
    mkdirSync(join(disk, 'out'))
    await must('token', 'zerodha', '--format', 'dotenv', '--out', 'C:\\out\\kite.env')
    const written = readFileSync(join(disk, 'out', 'kite.env'), 'utf8')
    assert.ok(written.split('\n').includes(`KITE_ACCESS_TOKEN=${token}`), written.replaceAll(token, '…'))
  })
  await step('totp', async () => assert.match(await must('totp', 'zerodha'), /\b\d{6}\b/))
  await step('exec of a program', async () => {
    const child = ['exec', 'zerodha', '--', windowsPath(wine.node), '-p', 'process.env.KITE_ACCESS_TOKEN']
    assert.equal((await must(...child)).trim(), token)
  })
  await step('exec of a batch file, with its arguments and exit code', async () => {
    mkdirSync(join(disk, 'my strategies'))
    writeFileSync(
      join(disk, 'my strategies', 'run.bat'),
      `@echo off\r\n"${windowsPath(wine.node)}" -p "JSON.stringify(process.argv.slice(1))" -- %*\r\nexit /b 7\r\n`,
    )
    const args = ['plain', 'two words', 'a&b', '^', '<x>']
    const { code, stdout, stderr } = await tokentray(
      'exec',
      'zerodha',
      '--',
      'C:\\my strategies\\run.bat',
      ...args,
    )
    assert.deepEqual(JSON.parse(stdout), args, stderr)
    assert.equal(code, 7)
  })
  await step('exec of a name that is not there', async () => {
    assert.equal((await tokentray('exec', 'zerodha', '--', 'nothing-of-that-name')).code, 127)
  })
  await step('history', async () => assert.match(await must('history'), /zerodha/))
  await step('keychain', async () => {
    assert.equal(JSON.parse(await must('keychain', 'status', '--json')).state, 'ok')
  })
  await step('doctor', async () => {
    const { stdout } = await tokentray('doctor', '--json')
    const report = JSON.parse(stdout)
    assert.equal(report.keychain, 'ok')
    assert.match(report.system, /^win32/)
  })
  await step('schedule', async () => {
    await must('schedule', 'at', '08:20')
    assert.equal(JSON.parse(await must('schedule', 'status', '--json')).at, '08:20')
    assert.match(await must('schedule', 'print', 'windows'), /^[\x00-\x7f]*<Command>[\x00-\x7f]*$/)
  })
  await step('certificates to trust', async () => {
    writeFileSync(join(disk, 'root.pem'), rootCertificates.at(-1)?.replaceAll('\n', '\r\n') ?? '')
    await must('ca', 'add', 'C:\\root.pem')
    const { certificates } = JSON.parse(await must('ca', 'list', '--json'))
    assert.equal(certificates.length, 1)
    await must('ca', 'remove', certificates[0].fingerprint)
    assert.equal(JSON.parse(await must('ca', 'list', '--json')).certificates.length, 0)
  })
  await step('completion for PowerShell', async () => {
    assert.match(await must('completion', 'powershell'), /Register-ArgumentCompleter/)
  })
  await step('a lock with the number of a living, foreign process is taken over', async () => {
    // Wine gives low ids to the services that it starts first; one of them is alive.
    for (const pid of [8, 32, 56])
      writeFileSync(join(disk, 'tt home', 'locks', `state.${900 + pid}`), String(pid))
    const asked = performance.now()
    await must('schedule', 'at', '08:25')
    assert.ok(performance.now() - asked < TOLD_WITHIN_MS)
  })
  await step('a lock that a living process does not free is told of', async () => {
    const proof = '.alive-00000000-0000-4000-8000-000000000000'
    const folder = `${HOME}\\locks`
    const hold = `
      const fs = require('node:fs')
      fs.openSync(${JSON.stringify(`${folder}\\${proof}`)}, fs.constants.O_RDWR | fs.constants.O_CREAT | 0x10000000)
      fs.writeFileSync(${JSON.stringify(`${folder}\\state.2000`)}, process.pid + ' ${proof}')
      console.log('held')
      setTimeout(() => {}, 120_000)`
    writeFileSync(join(disk, 'hold.cjs'), hold)
    const holder = startWindows(wine, wine.node, ['C:\\hold.cjs'], { timeoutMs: 120_000 })
    await firstLine(holder.stdout)
    const asked = performance.now()
    const { code, stderr } = await tokentray('schedule', 'at', '08:30')
    assert.equal(code, 2, stderr)
    assert.match(stderr, /state\.2000 has been held for ten seconds by process \d+/)
    assert.ok(performance.now() - asked < TOLD_WITHIN_MS)
    holder.end()
    await holder.ended
    await must('schedule', 'at', '08:30')
  })
  await step('ten changes at once, and none is lost', async () => {
    const changed = await Promise.all(
      Array.from({ length: 10 }, (_, day) =>
        tokentray('schedule', 'day', `2027-03-${String(day + 10)}`, 'closed'),
      ),
    )
    assert.deepEqual(
      changed.map(({ code, stderr }) => (code === 0 ? '' : stderr)),
      Array.from({ length: 10 }, () => ''),
    )
    const { settings } = JSON.parse(readFileSync(join(disk, 'tt home', 'state.json'), 'utf8'))
    assert.equal(JSON.stringify(settings.schedule).match(/2027-03-1\d/g)?.length, 10)
  })
  await step('logout and account remove', async () => {
    await must('logout', 'zerodha')
    assert.equal((await tokentray('token', 'zerodha')).code, 3)
    await must('account', 'remove', 'zerodha')
  })
  practice.end()
  await practice.ended
}

/**
 * Resolves with the first complete line that a program prints.
 * @param {() => string} read
 * @returns {Promise<string>} the first whole line of what a program prints
 */
async function firstLine(read) {
  for (let waited = 0; waited < READY_WITHIN_MS; waited += 100) {
    const end = read().indexOf('\n')
    if (end !== -1) return read().slice(0, end)
    await sleep(100)
  }
  throw new Error('The practice broker did not start in time.')
}
