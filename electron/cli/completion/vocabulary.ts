import { proxyPassword } from '../../core/accounts/proxy.ts'
import { bundleFields } from '../../core/accounts/bundle.ts'
import { registry } from '../../core/brokers/registry.ts'
import type { Command, Commands, Words } from '../terminal/command.ts'
import { FD_OPTION } from '../terminal/passphrases.ts'

/** What may be typed behind a command, or an action of it. */
export interface Place {
  /** What was typed before: `account add`; empty for the program alone. */
  readonly path: string
  /** What the first word may be. */
  readonly words: readonly string[]
  /** What each name may be; null for nothing that could be listed. */
  readonly names: Offer | null
  readonly flags: readonly Flag[]
}

export interface Flag {
  /** With its dashes. */
  readonly flag: string
  /** What its value may be: null for anything, `none` for an option without one. */
  readonly value: Offer | 'none' | null
  /** What it is for; empty where nobody says. */
  readonly help: string
}

/** What is offered: words that are known here, or what a shell finds out when it is asked. */
export type Offer = 'account' | 'file' | readonly string[]

/** Lists all that completion offers, except account names, which a script asks for at each press of Tab. */
export async function readVocabulary(commands: Commands): Promise<readonly Place[]> {
  const all = await Promise.all(
    [...commands].map(async ([name, load]): Promise<[string, Command]> => [name, await load()]),
  )
  return [
    { path: '', words: [...commands.keys(), 'help'], names: null, flags: EVERYWHERE },
    { path: 'help', words: [...commands.keys()], names: null, flags: [] },
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

/** A command that does not list its options still names them in its usage. */
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
      return onlyOnce([...brokers.flatMap(({ fields }) => fields), proxyPassword].map(({ name }) => name))
    case 'token field':
      return onlyOnce(brokers.flatMap(bundleFields))
    case 'account':
    case 'file':
    default:
      return words
  }
}

const onlyOnce = (words: readonly string[]): string[] => [...new Set(words)]
