import type { Words } from '../command.ts'
import type { Flag, Place, Vocabulary } from './vocabulary.ts'

/** A completion script for fish: https://fishshell.com/docs/current/completions.html */
export function fishScript({ places, brokers }: Vocabulary): string {
  return [
    '# fish completion for tokentray',
    PLACE,
    'complete -c tokentray -f',
    ...places.flatMap((place) => placeLines(place, brokers)),
  ].join('\n')
}

/** Whether what stands before the cursor leads to a place: its commands, in their order, and no other behind them. */
const PLACE = `function __tokentray_at
    set -l words (commandline -opc)
    contains -- -- $words; and return 1
    set -l path
    for word in $words[2..-1]
        string match -q -- '-*' $word; or set -a path $word
    end
    set -l here (string split -n ' ' -- $argv[1])
    set -l count (count $here)
    if test $count -eq 0
        test (count $path) -eq 0
        return
    end
    test "$path[1..$count]" = "$argv[1]"
    or return 1
    # An action further in has completions of its own.
    for word in $argv[2..-1]
        test (count $path) -gt $count; and test "$path[(math $count + 1)]" = $word; and return 1
    end
    return 0
end`

function placeLines({ path, words, names, flags }: Place, brokers: readonly string[]): string[] {
  const at = `complete -c tokentray -n ${quoted(['__tokentray_at', `"${path}"`, ...words].join(' '))}`
  return [
    ...(words.length === 0 ? [] : [`${at} -a ${quoted(words.join(' '))}`]),
    ...(names === null ? [] : [`${at} ${offer(names, brokers)}`]),
    ...flags.map((flag) => flagLine(at, flag, brokers)),
  ]
}

function flagLine(at: string, { flag, value, help }: Flag, brokers: readonly string[]): string {
  const words = value === 'none' ? '' : ` -r ${offer(value, brokers)}`
  return `${at} -l ${flag.replace(/^--/, '')}${words}${help === '' ? '' : ` -d ${quoted(help)}`}`
}

/** Fish knows two escapes within single quotes. */
const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

function offer(words: Words | 'none' | null, brokers: readonly string[]): string {
  switch (words) {
    case 'account':
      return `-a '(tokentray completion accounts 2>/dev/null)'`
    case 'broker':
      return `-a '${brokers.join(' ')}'`
    case 'file':
      return '-F'
    case 'none':
    case null:
      return '-f'
    default:
      return `-a '${words.join(' ')}'`
  }
}
