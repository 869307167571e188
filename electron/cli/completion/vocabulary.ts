import { proxyPassword } from '../../core/accounts/proxy.ts'
import { bundleFields } from '../../core/accounts/bundle.ts'
import { registry } from '../../core/brokers/registry.ts'
import type { Command, Commands, Words } from '../terminal/command.ts'
import { FD_OPTION } from '../terminal/passphrases.ts'

/** What may follow a command or an action. */
export interface Place {
  /** The words before, such as `account add`; empty for the program alone. */
  readonly path: string
  /** The choices for the first word. */
  readonly words: readonly string[]
  /** The choices for each name; null when none can be listed. */
  readonly names: Offer | null
  readonly flags: readonly Flag[]
}

export interface Flag {
  /** With its dashes. */
  readonly flag: string
  /** The choices for its value; null for any value, `none` for an option without one. */
  readonly value: Offer | 'none' | null
  /** What it is for; empty when unknown. */
  readonly help: string
}

/** Choices: fixed words, or a kind that the shell looks up at each completion. */
export type Offer = 'account' | 'file' | readonly string[]

/** Lists all that completion offers, except account names, which a script asks for at each press of Tab. */
export async function readVocabulary(commands: Commands): Promise<readonly Place[]> {
  // Only the program itself calls it.
  const known = [...commands].filter(([name]) => name !== 'clear-clipboard')
  const all = await Promise.all(
    known.map(async ([name, load]): Promise<[string, Command]> => [name, await load()]),
  )
  return [
    { path: '', words: [...known.map(([name]) => name), 'help'], names: null, flags: EVERYWHERE },
    { path: 'help', words: known.map(([name]) => name), names: null, flags: [] },
    ...all.flatMap(([name, command]) => [
      place(name, command),
      ...[...(command.actions ?? [])].map(([action, inner]) => place(`${name} ${action}`, inner)),
    ]),
  ]
}

const EVERYWHERE: readonly Flag[] = [
  { flag: FD_OPTION, value: null, help: 'Where the passphrase of a sealed keychain is read, as in 3< file' },
  { flag: '--help', value: 'none', help: 'Options and examples' },
]

function place(path: string, command: Command): Place {
  return {
    path,
    words: [...(command.actions?.keys() ?? [])].filter((action) => action !== 'accounts'),
    names: offerOf(command.takes),
    flags: [...flagsOf(command), ...EVERYWHERE],
  }
}

/** Returns a command's options, read from its usage when it does not list them. */
function flagsOf({ options, usage }: Command): Flag[] {
  if (options === undefined) {
    return [...new Set(usage.match(/--[\w-]+/g))].map((flag) => ({ flag, value: 'none', help: '' }))
  }
  return Object.entries(options).map(([name, { type, help, words }]) => ({
    flag: `--${name}`,
    value: type === 'boolean' ? 'none' : offerOf(words),
    help,
  }))
}

function offerOf(words: Words | undefined): Offer | null {
  const brokers = [...registry.values()]
  switch (words) {
    case undefined:
      return null
    case 'broker':
      return brokers.map(({ id }) => id)
    case 'field':
      return unique([...brokers.flatMap(({ fields }) => fields), proxyPassword].map(({ name }) => name))
    case 'token field':
      return unique(brokers.flatMap(bundleFields))
    case 'account':
    case 'file':
    default:
      return words
  }
}

const unique = (words: readonly string[]): string[] => [...new Set(words)]
