import { parseArgs, type ParseArgsConfig } from 'node:util'
import type { Services } from '../../services/services.ts'
import { InputError } from '../../core/errors.ts'
import type { Io } from './terminal.ts'
import type { Passphrases } from './passphrases.ts'

export interface CommandContext {
  readonly io: Io
  /** Everything after the command's own name. */
  readonly args: string[]
  /** Opened when first asked for: help needs none. */
  readonly services: () => Promise<Services>
  readonly passphrases: Passphrases
}

/** What may stand in a place of the command line; completion offers it. */
export type Words = 'account' | 'broker' | 'field' | 'token field' | 'file' | readonly string[]

/** An option as `util.parseArgs` knows it, with what there is to say about it. */
export interface Option {
  readonly type: 'string' | 'boolean'
  readonly default?: string | boolean
  readonly multiple?: boolean
  /** What stands for its value in the help, such as `FILE`. */
  readonly value?: string
  readonly help: string
  /** What its value may be. */
  readonly words?: Words
}

/** A call to learn from, and what it does. */
export type Example = readonly [call: string, does: string]

/** One command; the number is its exit code. */
export interface Command {
  /** How it is called, without the program's name. */
  readonly usage: string
  /** What it does, in one line; what else there is to say follows on lines of its own. */
  readonly summary: string
  readonly options?: Readonly<Record<string, Option>>
  /** What its names are. */
  readonly takes?: Words
  readonly examples?: readonly Example[]
  /** Commands of their own behind its name, such as `account add`. */
  readonly actions?: ReadonlyMap<string, Command>
  /** What else its help tells, a line each. */
  readonly more?: (args: readonly string[]) => Promise<readonly string[]>
  readonly run: (context: CommandContext) => Promise<number>
}

/** The commands by name. Each is loaded when it is called. */
export type Commands = ReadonlyMap<string, () => Promise<Command>>

/** A call that the command does not know: its help says how it is called. */
export class UsageError extends InputError {}

export const unknownCommand = (name: string): InputError =>
  new InputError({ command: `“${name}” is not one; see tokentray help` })

/** A command that is nothing but its actions. */
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

/** Whether a call asks for help: anywhere before a `--`, behind which another command may stand. */
export function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  return args.slice(0, end === -1 ? args.length : end).some((arg) => arg === '--help' || arg === '-h')
}

type Options = NonNullable<ParseArgsConfig['options']>

/**
 * Options and names from a command's arguments.
 * @param names how many names it takes: at least, at most
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
      // Nothing that anybody wants here, and no way to give it.
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

/** `KEY=VALUE` pairs of an option that may be given several times. */
export function readPairs(option: string, pairs: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=')
      if (at < 1) throw new InputError({ [option]: 'wants NAME=VALUE' })
      return [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )
}
