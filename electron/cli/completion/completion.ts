import { readFile } from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod/mini'
import { findHome } from '../../adapters/home.ts'
import { commandOf, type Command, type CommandContext } from '../terminal/command.ts'
import type { Place } from './vocabulary.ts'
import { exitCodes } from '../terminal/exit-codes.ts'

type Writer = (places: readonly Place[]) => string

/** Loaded when first used, so that account names come quickly. */
const script = (shell: string, load: () => Promise<Writer>, example: string): Command => ({
  usage: `completion ${shell}`,
  summary: `The script that has ${shell} complete commands, options, account names, broker ids and formats`,
  examples: [[example, 'From the next shell on']],
  run: async ({ io }) => {
    const { readVocabulary } = await import('./vocabulary.ts')
    const write = await load()
    io.stdout(write(await readVocabulary()))
    return exitCodes.ok
  },
})

const accountNames: Command = {
  usage: 'completion accounts',
  summary: 'The account names alone, for those scripts',
  run: printAccountNames,
}

const actions: ReadonlyMap<string, Command> = new Map([
  [
    'bash',
    script(
      'bash',
      async () => (await import('./bash.ts')).bashScript,
      `echo 'eval "$(tokentray completion bash)"' >> ~/.bashrc`,
    ),
  ],
  [
    'zsh',
    script(
      'zsh',
      async () => (await import('./zsh.ts')).zshScript,
      `echo 'eval "$(tokentray completion zsh)"' >> ~/.zshrc`,
    ),
  ],
  [
    'fish',
    script(
      'fish',
      async () => (await import('./fish.ts')).fishScript,
      'tokentray completion fish > ~/.config/fish/completions/tokentray.fish',
    ),
  ],
  [
    'powershell',
    script(
      'powershell',
      async () => (await import('./powershell.ts')).powershellScript,
      `Add-Content $PROFILE 'tokentray completion powershell | Out-String | Invoke-Expression'`,
    ),
  ],
  ['accounts', accountNames],
])

export const completion: Command = commandOf('completion', actions, {
  usage: 'completion bash|zsh|fish|powershell',
  summary: 'Print the script that has a shell complete what you type',
  examples: [['eval "$(tokentray completion bash)"', 'In this shell, to try it']],
})

const Names = z.object({ accounts: z.array(z.object({ name: z.string() })) })

/** Runs at every press of Tab: without the services, and without a word when there is nothing to read. */
async function printAccountNames({ io }: CommandContext): Promise<number> {
  try {
    const text = await readFile(path.join(findHome(io.env).dir, 'state.json'), 'utf8')
    for (const { name } of Names.parse(JSON.parse(text)).accounts) io.stdout(name)
  } catch {
    // Nothing to complete.
  }
  return exitCodes.ok
}
