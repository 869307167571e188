import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { capture, exitCodeOf, npmCli } from './processes.mjs'

const script = (name: string): string => JSON.stringify(new URL(name, import.meta.url).href)

/** Runs code like that of the scripts in a process until it prints, and then sends the signal. */
async function signalled(
  lines: string,
  signal: NodeJS.Signals,
): Promise<{ code: number | null; output: string }> {
  const source = `
    import { temporaryFolder } from ${script('./cleanup.mjs')}
    import { run, standInFor } from ${script('./processes.mjs')}
    ${lines}`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source])
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
    if (text.includes('ready')) child.kill(signal)
  })
  // Comes only when no process holds the output open, so it shows a step that still runs.
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, output }
}

describe.skipIf(process.platform === 'win32')('at a signal', { timeout: 20_000 }, () => {
  it('temporary folders go, and so do the steps at work', async () => {
    const prefix = JSON.stringify(join(tmpdir(), 'tokentray-signal-'))
    const { code, output } = await signalled(
      `const { path } = temporaryFolder(${prefix})
      console.log(path)
      await run('sh', ['-c', 'echo ready; exec sleep 60'])`,
      'SIGTERM',
    )
    const [path = ''] = output.split('\n')
    expect(code).toBe(143)
    expect(path).toContain('tokentray-signal-')
    expect(existsSync(path)).toBe(false)
  })

  it('the command we stand in for decides how to end', async () => {
    const { code } = await signalled(
      `process.exitCode = await standInFor('sh', ['-c', 'trap "exit 9" TERM; echo ready; while :; do sleep 0.05; done'])`,
      'SIGTERM',
    )
    expect(code).toBe(9)
  })
})

describe('commands', () => {
  it('end with the code a shell would report', () => {
    expect(exitCodeOf(3, null)).toBe(3)
    expect(exitCodeOf(null, 'SIGINT')).toBe(130)
  })

  it('that are not there answer 127', async () => {
    expect(await capture('tokentray-no-such-command', [])).toEqual({ code: 127, stdout: '' })
  })
})

describe('npm', () => {
  const BESIDE = 'C:\\Program Files\\nodejs\\node_modules\\npm\\bin\\npm-cli.js'
  const NODE = 'C:\\Program Files\\nodejs\\node.exe'

  it('that started us is the one that is run', () => {
    expect(npmCli({ npm_execpath: BESIDE }, 'win32', 'C:\\node.exe', () => false)).toBe(BESIDE)
    expect(npmCli({ npm_execpath: '/usr/lib/npm-cli.js' }, 'linux', '/usr/bin/node', () => false)).toBe(
      '/usr/lib/npm-cli.js',
    )
  })

  it('is found beside node on Windows, where no shell has to take its arguments apart', () => {
    expect(npmCli({}, 'win32', NODE, (file) => file === BESIDE)).toBe(BESIDE)
    expect(() => npmCli({}, 'win32', NODE, () => false)).toThrow('npm is not beside')
  })

  it('is the one on the PATH elsewhere', () => {
    expect(npmCli({ npm_execpath: '/usr/bin/yarn.js' }, 'linux', '/usr/bin/node', () => true)).toBeUndefined()
  })
})
