import { commandOf, type Command, type CommandContext, type Commands } from '../terminal/command.ts'
import type { Place } from './vocabulary.ts'
import { exitCodes } from '../terminal/exit-codes.ts'

type Writer = (places: readonly Place[]) => string

interface Shell {
  /** Loads the script's writer when first used, so that `completion accounts` stays fast. */
  readonly load: () => Promise<Writer>
  readonly example: string
}

const shells: Readonly<Record<string, Shell>> = {
  bash: {
    load: async () => (await import('./bash.ts')).bashScript,
    example: `echo 'eval "$(tokentray completion bash)"' >> ~/.bashrc`,
  },
  zsh: {
    load: async () => (await import('./zsh.ts')).zshScript,
    example: `echo 'eval "$(tokentray completion zsh)"' >> ~/.zshrc`,
  },
  fish: {
    load: async () => (await import('./fish.ts')).fishScript,
    example: 'tokentray completion fish > ~/.config/fish/completions/tokentray.fish',
  },
  powershell: {
    load: async () => (await import('./powershell.ts')).powershellScript,
    example: `Add-Content $PROFILE 'tokentray completion powershell | Out-String | Invoke-Expression'`,
  },
}

/** @param commands the commands to complete, passed in because their table contains this one */
export function completionOf(commands: Commands): Command {
  const scripts = Object.entries(shells).map(
    ([name, shell]) => [name, scriptCommand(name, shell, commands)] as const,
  )
  return commandOf('completion', new Map([...scripts, ['accounts', accountNames]]), {
    usage: 'completion bash|zsh|fish|powershell',
    summary: 'Print the script that has a shell complete what you type',
    examples: [['eval "$(tokentray completion bash)"', 'In this shell, to try it']],
  })
}

const scriptCommand = (name: string, { load, example }: Shell, commands: Commands): Command => ({
  usage: `completion ${name}`,
  summary: `The script that has ${name} complete commands, options, account names, broker ids and formats`,
  examples: [[example, 'From the next shell on']],
  run: async ({ io }) => {
    const { readVocabulary } = await import('./vocabulary.ts')
    const write = await load()
    io.stdout(write(await readVocabulary(commands)))
    return exitCodes.ok
  },
})

const accountNames: Command = {
  usage: 'completion accounts',
  summary: 'The account names alone, for those scripts',
  run: printAccountNames,
}

async function printAccountNames({ io }: CommandContext): Promise<number> {
  const { readAccountNames } = await import('../../services/account-names.ts')
  for (const name of await readAccountNames(io.env)) io.stdout(name)
  return exitCodes.ok
}
