import { explained, helpWidth, indented } from '../terminal/columns.ts'
import { unknownCommand, type Command, type Option } from '../terminal/command.ts'
import { commands } from '../commands.ts'

/** The commands by the work that they are for. Those that nobody types are in none. */
const groups: readonly (readonly [title: string, names: readonly string[]])[] = [
  ['Every day', ['login', 'status', 'watch', 'token', 'copy', 'totp', 'exec', 'open']],
  ['Set up', ['account', 'schedule', 'keychain', 'lock', 'ca', 'logout']],
  ['Help', ['doctor', 'history', 'practice', 'completion']],
]

/**
 * Lists the commands with a line for each, grouped by the work that they are for.
 * @param columns of the terminal; null without one
 */
export async function overview(columns: number | null): Promise<string[]> {
  const width = helpWidth(columns)
  const sections = await Promise.all(
    groups.map(async ([title, names]) => {
      const lines = await Promise.all(names.map((name) => commandLine(name, width)))
      return ['', title, ...lines.flat()]
    }),
  )
  return [
    'Access tokens and TOTP codes for Indian brokers.',
    '',
    'Start here',
    '  tokentray account add zerodha-main --broker kite-connect',
    '  tokentray login',
    ...sections.flat(),
    '',
    ...indented(
      'tokentray COMMAND --help shows its options and examples; tokentray --version the version.',
      0,
      width,
    ),
    ...indented(
      'Results go to stdout, everything else to stderr. Exit codes: 0 ok, 1 a bug, 2 usage, 3 the broker refused, ' +
        '4 network or broker down, 5 keychain, 6 attempts used up, 130 cancelled.',
      0,
      width,
    ),
    ...indented('--passphrase-fd N is where any command reads the passphrase of a sealed file.', 0, width),
  ]
}

async function commandLine(name: string, width: number): Promise<string[]> {
  const load = commands.get(name)
  if (load === undefined) throw new Error(`There is no command ${name}.`)
  const { summary } = await load()
  return explained(
    `  ${name}`,
    firstLine(summary)
      .split(/[;:(] ?/)[0]
      ?.trim() ?? '',
    14,
    width,
  )
}

/**
 * Returns the help of one command or action.
 * @param words the arguments after the command's name, of which the first that names an action counts
 * @param columns of the terminal; null without one
 * @throws InputError when there is no such command
 */
export async function helpOn(
  [name = '', ...words]: readonly string[],
  columns: number | null,
): Promise<string[]> {
  const width = helpWidth(columns)
  const load = commands.get(name)
  if (load === undefined) throw unknownCommand(name, commands.keys())
  const command = await load()
  const action = words.map((word) => command.actions?.get(word)).find((found) => found !== undefined)
  const { usage, summary, options = {}, actions, examples = [], more }: Command = action ?? command
  const flags = Object.entries(options).flatMap(([flag, option]) => optionLines(flag, option, width - 2))
  return [
    ...indented(`tokentray ${usage}`, 0, width),
    '',
    ...indented(summary, 0, width),
    ...section(
      'Commands',
      [...(actions ?? [])].flatMap(([, { usage, summary }]) => [
        ...indented(`tokentray ${usage}`, 0, width - 2),
        ...indented(firstLine(summary), 4, width - 2),
      ]),
    ),
    ...section('Options', flags),
    ...section(
      'Examples',
      examples.flatMap(([call, does]) => [call, ...indented(does, 4, width - 2)]),
    ),
    ...((await more?.(words)) ?? []),
  ]
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  ${line}`)]

const firstLine = (summary: string): string => summary.split('\n')[0] ?? ''

const optionLines = (flag: string, { value, help }: Option, width: number): string[] =>
  explained(`--${flag}${value === undefined ? '' : ` ${value}`}`, help, 24, width)
