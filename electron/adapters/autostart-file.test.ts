import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { until } from '../../tests/support/until.ts'
import { AutostartFile } from './autostart-file.ts'
import { findHome } from './home.ts'
import { errorCode } from '../core/errors.ts'

const run = promisify(execFile)
const flags = { hidden: '--hidden', open: '--open' }

/** Whether a desktop's own program is here to ask. */
const isHere = (program: string): Promise<boolean> =>
  run(program, ['--help']).then(
    () => true,
    (error: unknown) => errorCode(error) !== 'ENOENT',
  )
const hasGio = await isHere('gio')
const hasValidator = await isHere('desktop-file-validate')

// It is of Linux' desktops, and names programs by paths as they have them.
describe.skipIf(process.platform === 'win32')('the autostart file', () => {
  let folder: string
  let program: string

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tokentray-autostart-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    program = path.join(folder, 'tokentray')
    await writeFile(program, '#!/bin/sh\n')
    await chmod(program, 0o755)
  })

  function autostart(command: [string, ...string[]] = [program], env: NodeJS.ProcessEnv = {}): AutostartFile {
    const all = { HOME: folder, ...env }
    return new AutostartFile({ env: all, home: findHome(all), program: command, flags })
  }
  const file = (config = '.config', name = 'tokentray'): string =>
    path.join(folder, config, 'autostart', `${name}.desktop`)
  async function edit(from: string, to: string): Promise<void> {
    await writeFile(file(), (await readFile(file(), 'utf8')).replace(from, to))
  }

  test('is there and says how to start when it is on, and is gone when it is off', async () => {
    const launch = autostart()
    expect(await launch.isOn()).toBe(false)
    await launch.set(true, true)
    expect(await launch.isOn()).toBe(true)
    expect(await readFile(file(), 'utf8')).toContain(`\nExec="${program}" "--hidden"\n`)
    await launch.set(true, false)
    expect(await readFile(file(), 'utf8')).toContain(`\nExec="${program}" "--open"\n`)
    await launch.set(false, true)
    expect(await launch.isOn()).toBe(false)
    expect(await readdir(path.dirname(file()))).toEqual([])
  })

  test('off when it was never on is fine', async () => {
    await autostart().set(false, true)
    expect(await autostart().isOn()).toBe(false)
  })

  test('leaves nothing of a draft behind and is nobody else’s to write', async () => {
    await autostart().set(true, true)
    expect(await readdir(path.dirname(file()))).toEqual(['tokentray.desktop'])
    expect((await stat(file())).mode & 0o077).toBe(0)
  })

  test('is off when the user has deleted it', async () => {
    await autostart().set(true, true)
    await rm(file())
    expect(await autostart().isOn()).toBe(false)
  })

  test.each([
    ['X-GNOME-Autostart-enabled=true', 'X-GNOME-Autostart-enabled=false'],
    ['Terminal=false', 'Hidden=true'],
    ['[Desktop Entry]', 'scribbled over'],
  ])('is off when the desktop has changed %s to %s, until it is switched on again', async (from, to) => {
    await autostart().set(true, true)
    await edit(from, to)
    expect(await autostart().isOn()).toBe(false)
    await autostart().set(true, true)
    expect(await autostart().isOn()).toBe(true)
  })

  test('is off when the program it starts has moved away', async () => {
    await autostart().set(true, true)
    await rm(program)
    expect(await autostart().isOn()).toBe(false)
  })

  test('is where XDG_CONFIG_HOME says, unless that is no whole path', async () => {
    await autostart([program], { XDG_CONFIG_HOME: path.join(folder, 'config') }).set(true, true)
    expect((await stat(file('config'))).isFile()).toBe(true)
    await autostart([program], { XDG_CONFIG_HOME: 'config' }).set(true, true)
    expect((await stat(file())).isFile()).toBe(true)
  })

  test('of a second profile is another, and starts that profile', async () => {
    const home = path.join(folder, 'second')
    await autostart([program], { TOKENTRAY_HOME: home }).set(true, true)
    expect(await autostart().isOn()).toBe(false)
    const [name = ''] = await readdir(path.dirname(file()))
    expect(name).toMatch(/^tokentray-[\da-f]{8}\.desktop$/)
    expect(await readFile(path.join(path.dirname(file()), name), 'utf8')).toContain(
      `\nExec="env" "TOKENTRAY_HOME=${home}" "${program}" "--hidden"\n`,
    )
  })

  test('can’t be written: that is told, and it stays off', async () => {
    await mkdir(path.join(folder, '.config'))
    await writeFile(path.join(folder, '.config', 'autostart'), '')
    await expect(autostart().set(true, true)).rejects.toThrow()
    expect(await autostart().isOn()).toBe(false)
  })

  test.skipIf(!hasGio)('starts the program as a desktop reads it, whatever its path looks like', async () => {
    const odd = path.join(folder, 'a "b" $HOME `c` \\d 100%f')
    await mkdir(odd)
    const script = path.join(odd, 'to ken tray')
    const heard = path.join(folder, 'heard')
    await writeFile(
      script,
      `#!/bin/sh\nprintf '%s|' "$0" "$@" > '${heard}.tmp'\nmv '${heard}.tmp' '${heard}'\n`,
    )
    await chmod(script, 0o755)
    const launch = autostart([script, odd])
    await launch.set(true, true)
    expect(await launch.isOn()).toBe(true)
    await run('gio', ['launch', file()])
    const text = await until('the program to be started', () => readFile(heard, 'utf8').catch(() => null))
    expect(text).toBe(`${script}|${odd}|--hidden|`)
  })

  test.skipIf(!hasValidator)('is what the specification calls valid', async () => {
    await autostart(['/opt/My $Apps/100%/tokentray', '/a "checkout"']).set(true, true)
    expect(await run('desktop-file-validate', [file()])).toEqual({ stdout: '', stderr: '' })
  })
})
