import { registry } from '../../core/brokers/registry.ts'
import type { Command, Words } from '../command.ts'
import { commands } from '../commands.ts'

/** What may be typed behind a command, or an action of it. */
export interface Place {
  /** What was typed before: `account add`; empty for the program alone. */
  readonly path: string
  /** What the first word may be. */
  readonly words: readonly string[]
  /** What each name may be; null for nothing that could be listed. */
  readonly names: Words | null
  readonly flags: readonly Flag[]
}

export interface Flag {
  /** With its dashes. */
  readonly flag: string
  /** What its value may be: null for anything, `none` for an option without one. */
  readonly value: Words | 'none' | null
  /** What it is for; empty where nobody says. */
  readonly help: string
}

export interface Vocabulary {
  readonly places: readonly Place[]
  readonly brokers: readonly string[]
}

/** Everything that completion knows but for the account names, which a script asks for when they are wanted. */
export async function readVocabulary(): Promise<Vocabulary> {
  const all = await Promise.all(
    [...commands].map(async ([name, load]): Promise<[string, Command]> => [name, await load()]),
  )
  return {
    brokers: [...registry.keys()],
    places: [
      { path: '', words: [...commands.keys(), 'help'], names: null, flags: [HELP] },
      { path: 'help', words: [...commands.keys()], names: null, flags: [] },
      ...all.flatMap(([name, command]) => [
        place(name, command),
        ...[...(command.actions ?? [])].map(([action, inner]) => place(`${name} ${action}`, inner)),
      ]),
    ],
  }
}

const HELP: Flag = { flag: '--help', value: 'none', help: 'Options and examples' }

function place(path: string, command: Command): Place {
  return {
    path,
    words: [...(command.actions?.keys() ?? [])].filter((action) => action !== 'accounts'),
    names: command.takes ?? null,
    flags: [...flagsOf(command), HELP],
  }
}

/** A command that does not list its options still names them in its usage. */
function flagsOf({ options, usage }: Command): Flag[] {
  if (options === undefined) {
    return [...new Set(usage.match(/--[\w-]+/g))].map((flag) => ({ flag, value: 'none', help: '' }))
  }
  return Object.entries(options).map(([name, { type, help, words = null }]) => ({
    flag: `--${name}`,
    value: type === 'boolean' ? 'none' : words,
    help,
  }))
}
