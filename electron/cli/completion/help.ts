import { explained, indented } from '../terminal/columns.ts'
import { unknownCommand, type Option } from '../terminal/command.ts'
import { commands } from '../commands.ts'

/** Lists every command in a few lines each. */
export async function overview(): Promise<string[]> {
  const all = await Promise.all([...commands.values()].map((load) => load()))
  return [
    'Access tokens and TOTP codes for Indian brokers.',
    '',
    ...all.flatMap(({ usage, summary }) => [`tokentray ${usage}`, ...indented(firstLine(summary), 4)]),
    '',
    'tokentray COMMAND --help tells more of a command, with its options and examples; --version says which this is.',
    '',
    'Every command takes --passphrase-fd N where secrets are in a sealed file. Results go to stdout, everything else',
    'to stderr. Exit codes: 0 ok, 1 a bug, 2 usage, 3 the broker refused, 4 network or broker down, 5 keychain,',
    '6 attempt budget spent, 130 cancelled.',
  ]
}

/**
 * Returns the help of one command or action.
 * @param words the arguments after the command's name, of which the first that names an action counts
 * @throws InputError when there is no such command
 */
export async function helpOn([name = '', ...words]: readonly string[]): Promise<string[]> {
  const load = commands.get(name)
  if (load === undefined) throw unknownCommand(name)
  const command = await load()
  const action = words.map((word) => command.actions?.get(word)).find((found) => found !== undefined)
  const { usage, summary, options = {}, actions, examples = [], more } = action ?? command
  const flags = Object.entries(options).flatMap(([flag, option]) => optionLines(flag, option))
  return [
    `tokentray ${usage}`,
    '',
    ...indented(summary, 0),
    ...section(
      'Commands',
      [...(actions ?? [])].flatMap(([, { usage, summary }]) => [
        `tokentray ${usage}`,
        ...indented(firstLine(summary), 4),
      ]),
    ),
    ...section('Options', flags),
    ...section(
      'Examples',
      examples.flatMap(([call, does]) => [call, `    ${does}`]),
    ),
    ...((await more?.(words)) ?? []),
  ]
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  ${line}`)]

const firstLine = (summary: string): string => summary.split('\n')[0] ?? ''

const optionLines = (flag: string, { value, help }: Option): string[] =>
  explained(`--${flag}${value === undefined ? '' : ` ${value}`}`, help, 24)
