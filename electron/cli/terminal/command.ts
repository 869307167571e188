import { parseArgs, type ParseArgsConfig } from 'node:util'
import type { Services } from '../../services/services.ts'
import { InputError } from '../../core/errors.ts'
import type { Io } from './terminal.ts'
import { didYouMean, nearest, suggesting } from './nearest.ts'
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

/** Returns the error for a command that there is not. */
export function unknownCommand(name: string, known: Iterable<string>): InputError {
  const meant = actionsOfAccount.get(aliased(name)) ?? nearest(name, known)
  return new InputError({ command: `Unknown command “${name}”.${suggesting(meant)} See: tokentray help` })
}

/** Actions that other programs have as commands. */
const actionsOfAccount = new Map(
  ['add', 'list', 'remove', 'edit', 'import'].map((action) => [action, `account ${action}`]),
)

/** Other words for an action. */
const aliases: Readonly<Record<string, string>> = { ls: 'list', rm: 'remove' }
const aliased = (word: string): string => aliases[word] ?? word

/** Returns the line that reports a wrong input: a sentence of its own, or one that begins with the input's name. */
export const inputLine = (input: string, message: string): string =>
  /^\p{Lu}/u.test(message) ? message : `${input} ${message}`

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
      const chosen = actions.get(aliased(action))
      if (chosen === undefined)
        throw new UsageError({ [name]: actionFault(name, action, [...actions.keys()]) })
      return chosen.run({ ...context, args })
    },
  }
}

/** Returns what is wrong with the word after a command that wants one of its actions there. */
function actionFault(name: string, action: string, known: readonly string[]): string {
  const choice = `Give one of: ${known.join(', ')}.`
  if (action === '' || action.startsWith('-')) return choice
  const meant = nearest(action, known)
  const hint = meant === null ? ` ${choice}` : suggesting(`${name} ${meant}`)
  return `Unknown command “${name} ${action}”.${hint}`
}

/** Tells whether a call asks for help before a `--`, after which the arguments are another command's. */
export function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  return args.slice(0, end === -1 ? args.length : end).some((arg) => arg === '--help' || arg === '-h')
}

type Options = NonNullable<ParseArgsConfig['options']>

/**
 * Parses a command's arguments into options and names.
 * @param names the fewest and the most names that it takes, and the question for one that is missing
 * @throws UsageError
 */
export function readArgs<O extends Options>(
  args: string[],
  options: O,
  names: { readonly min: number; readonly max: number; readonly missing?: string },
): ReturnType<typeof parseArgs<{ args: string[]; options: O; allowPositionals: true; strict: true }>> {
  let parsed: ReturnType<
    typeof parseArgs<{ args: string[]; options: O; allowPositionals: true; strict: true }>
  >
  try {
    parsed = parseArgs({ args, options, allowPositionals: true, strict: true })
  } catch (error) {
    if (error instanceof TypeError) {
      throw new UsageError({ arguments: optionFault(error.message, Object.keys(options)) })
    }
    throw error
  }
  const count = parsed.positionals.length
  if (count < names.min) throw new UsageError({ NAME: names.missing ?? 'Which account? Give its NAME.' })
  if (count > names.max)
    throw new UsageError({
      arguments: `The argument “${parsed.positionals[names.max] ?? ''}” is one too many.`,
    })
  return parsed
}

/**
 * Puts a message of `util.parseArgs` into our words.
 * (https://nodejs.org/api/util.html#utilparseargsconfig)
 */
function optionFault(message: string, known: readonly string[]): string {
  const [, option = ''] = /'(-[^' ]*)/.exec(message) ?? []
  if (message.startsWith('Unknown option')) {
    const flags = known.map((name) => `--${name}`)
    return `Unknown option ${option}.${didYouMean(option, flags)}`
  }
  if (message.includes('does not take an argument')) return `The option ${option} takes no value.`
  if (message.includes('argument missing') || message.includes('argument is ambiguous'))
    return `The option ${option} needs a value.`
  return message
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
