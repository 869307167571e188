import { parseArgs, type ParseArgsConfig } from 'node:util'
import type { Services } from '../../services/services.ts'
import { InputError } from '../../core/errors.ts'
import type { Io } from './terminal.ts'
import type { Passphrases } from './passphrases.ts'

export interface CommandContext {
  readonly io: Io
  /** The arguments after the command's name. */
  readonly args: string[]
  /** Opens the services at the first call, because help needs none. */
  readonly services: () => Promise<Services>
  readonly passphrases: Passphrases
}

/** The choices that completion offers for an argument. */
export type Words = 'account' | 'broker' | 'field' | 'token field' | 'file' | readonly string[]

/** An option of `util.parseArgs`, with its help. */
export interface Option {
  readonly type: 'string' | 'boolean'
  readonly default?: string | boolean
  readonly multiple?: boolean
  /** The placeholder of its value in the help, such as `FILE`. */
  readonly value?: string
  readonly help: string
  /** The choices for its value. */
  readonly words?: Words
}

/** An example call, and what it does. */
export type Example = readonly [call: string, does: string]

/** A command, whose `run` resolves with an exit code. */
export interface Command {
  /** Its call, without the program's name. */
  readonly usage: string
  /** What it does, in one line; further lines hold details. */
  readonly summary: string
  readonly options?: Readonly<Record<string, Option>>
  /** The choices for its names. */
  readonly takes?: Words
  readonly examples?: readonly Example[]
  /** Its actions, such as `add` of `account`. */
  readonly actions?: ReadonlyMap<string, Command>
  /** Further lines of its help. */
  readonly more?: (args: readonly string[]) => Promise<readonly string[]>
  readonly run: (context: CommandContext) => Promise<number>
}

/** Holds commands by name, each loaded when called. */
export type Commands = ReadonlyMap<string, () => Promise<Command>>

/** Reports a call that the command does not know, so that the caller points to its help. */
export class UsageError extends InputError {}

export const unknownCommand = (name: string): InputError =>
  new InputError({ command: `“${name}” is not one; see tokentray help` })

/** Makes a command that only dispatches to its actions. */
export function commandOf(
  name: string,
  actions: ReadonlyMap<string, Command>,
  words: Pick<Command, 'usage' | 'summary' | 'examples'>,
): Command {
  return {
    ...words,
    actions,
    run: (context) => {
      const [action = '', ...args] = context.args
      const chosen = actions.get(action)
      if (chosen === undefined)
        throw new UsageError({ [name]: `wants one of ${[...actions.keys()].join(', ')}` })
      return chosen.run({ ...context, args })
    },
  }
}

/** Tells whether a call asks for help before a `--`, after which the arguments are another command's. */
export function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  return args.slice(0, end === -1 ? args.length : end).some((arg) => arg === '--help' || arg === '-h')
}

type Options = NonNullable<ParseArgsConfig['options']>

/**
 * Parses a command's arguments into options and names.
 * @param names the fewest and the most names that it takes
 * @throws UsageError
 */
export function readArgs<O extends Options>(
  args: string[],
  options: O,
  names: { readonly min: number; readonly max: number },
): ReturnType<typeof parseArgs<{ args: string[]; options: O; allowPositionals: true; strict: true }>> {
  let parsed: ReturnType<
    typeof parseArgs<{ args: string[]; options: O; allowPositionals: true; strict: true }>
  >
  try {
    parsed = parseArgs({ args, options, allowPositionals: true, strict: true })
  } catch (error) {
    if (error instanceof TypeError) {
      // Cuts advice about arguments that begin with a dash, which no command takes.
      const [message = ''] = error.message.split(' To specify a positional argument')
      throw new UsageError({ arguments: message })
    }
    throw error
  }
  const count = parsed.positionals.length
  if (count < names.min) throw new UsageError({ NAME: 'is missing' })
  if (count > names.max)
    throw new UsageError({ arguments: `${parsed.positionals[names.max] ?? ''} is one too many` })
  return parsed
}

/** Parses the `KEY=VALUE` pairs of an option that may be given several times. */
export function readPairs(option: string, pairs: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=')
      if (at < 1) throw new InputError({ [option]: 'wants NAME=VALUE' })
      return [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )
}
