import { describe, expect } from 'vitest'
import { test as cliTest } from '../support/cli-test.ts'
import { hasProgram } from '../support/has-program.ts'
import { Pty } from '../support/pty.ts'
import { ask } from '../support/programs.ts'
import { withTokentrayOnPath } from '../support/tokentray-on-path.ts'

interface Shell {
  /** An environment with `tokentray` on the path, an account `zerodha`, and a home with a file `QR.png`. */
  readonly env: NodeJS.ProcessEnv
}

const test = cliTest.extend<Shell>({
  env: async ({ profile, broker }, use) => {
    await profile.addAccount('zerodha', broker)
    await profile.write('QR.png', '')
    const env = await withTokentrayOnPath(profile)
    await use({
      ...env,
      HOME: profile.folder,
      TERM: 'dumb',
      LANG: 'C.UTF-8',
      EDITOR: undefined,
      VISUAL: undefined,
    })
  },
})

/** A typed line, and the line that every shell must complete it to at Tab. */
const lines: [typed: string, becomes: string][] = [
  ['acc', 'account'],
  ['account re', 'account remove'],
  ['account add new --bro', 'account add new --broker'],
  ['account add new --broker up', 'account add new --broker upstox'],
  ['account edit zerodha --ask mp', 'account edit zerodha --ask mpin'],
  ['account import QR', 'account import QR.png'],
  ['token z', 'token zerodha'],
  ['token zerodha --format dot', 'token zerodha --format dotenv'],
  ['token zerodha --format=dot', 'token zerodha --format=dotenv'],
  ['copy zerodha --format cu', 'copy zerodha --format curl'],
  ['token zerodha --field enc', 'token zerodha --field enctoken'],
  ['schedule print la', 'schedule print launchd'],
  ['schedule day 2026-11-23 cl', 'schedule day 2026-11-23 closed'],
  ['--passphrase-fd 3 logo', '--passphrase-fd 3 logout'],
  ['login zerodha --tra', 'login zerodha --trading-days'],
  ['exec zerodha -- dbus-monit', 'exec zerodha -- dbus-monitor'],
]

describe.concurrent('completion', () => {
  test('works in bash', async ({ env }) => {
    await completes('bash --norc -i', `PS1='ready> '; eval "$(tokentray completion bash)"`, env)
  })

  test.skipIf(!hasProgram('zsh'))('works in zsh', async ({ env }) => {
    const setUp = `PROMPT='ready> '; autoload -U compinit; compinit -D; eval "$(tokentray completion zsh)"`
    await completes('zsh -f -i', setUp, env)
  })

  test.skipIf(!hasProgram('fish'))('works in fish', async ({ env }) => {
    const asked = lines.map(([typed]) => `complete -C 'tokentray ${typed}'; echo .`).join('\n')
    const script = `cd; tokentray completion fish | source\n${asked}`
    const offers = ((await ask('fish', ['--no-config', '-c', script], env)) ?? '').split('.\n')
    // The description follows a tab.
    const words = offers.map((offer) => offer.trim().replace(/\t.*/, ''))
    expect(words.slice(0, -1)).toEqual(lines.map(([, becomes]) => becomes.split(' ').at(-1)))
  })

  test('offers no account when there is none to read, and no error', async ({ profile }) => {
    expect(await profile.cli.run('completion', 'accounts')).toEqual({ code: 0, stdout: '', stderr: '' })
  })
})

const TAB = '\t'
/** Moves to the start of the line. */
const CTRL_A = '\u0001'

/**
 * Types each line and Tab in a shell, which then prints the completed line.
 * Waits for the prompt, because the shell reads single keys only from then on.
 */
async function completes(shell: string, setUp: string, env: NodeJS.ProcessEnv): Promise<void> {
  const pty = new Pty(`cd; exec ${shell}`, env)
  try {
    pty.press(`${setUp}; echo set up\r`)
    await pty.shows(/^set up\r\n[^]*ready> /m)
    for (const [index, [typed, becomes]] of lines.entries()) {
      pty.press(`tokentray ${typed}${TAB}${CTRL_A}echo ${index}: \r`)
      const [, line] = await pty.shows(new RegExp(`^${index}: tokentray (.*?) *\\r\\n[^]*ready> `, 'm'))
      expect(line).toBe(becomes)
    }
  } finally {
    await pty.close()
  }
}
