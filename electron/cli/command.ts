import { parseArgs, type ParseArgsConfig } from 'node:util'
import type { Services } from '../compose.ts'
import { InputError } from '../core/errors.ts'
import type { Io } from './io.ts'

export interface CommandContext {
  readonly io: Io
  /** Everything after the command's own name. */
  readonly args: string[]
  /** Opened when first asked for: help needs none. */
  readonly services: () => Promise<Services>
}

/** One command; the number is its exit code. */
export interface Command {
  /** How it is called, without the program's name. */
  readonly usage: string
  /** What it does, in one line; what else there is to say follows on lines of its own. */
  readonly summary: string
  readonly run: (context: CommandContext) => Promise<number>
}

type Options = NonNullable<ParseArgsConfig['options']>

/**
 * Options and names from a command's arguments.
 * @param names how many names it takes: at least, at most
 * @throws InputError
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
    if (error instanceof TypeError) throw new InputError({ arguments: error.message })
    throw error
  }
  const count = parsed.positionals.length
  if (count < names.min) throw new InputError({ NAME: 'is missing' })
  if (count > names.max)
    throw new InputError({ arguments: `${parsed.positionals[names.max] ?? ''} is one too many` })
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
