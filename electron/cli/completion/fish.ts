import type { Flag, Offer, Place } from './vocabulary.ts'

/** Writes the completion script for fish: https://fishshell.com/docs/current/completions.html */
export function fishScript(places: readonly Place[]): string {
  return [
    '# fish completion for tokentray',
    functions(places),
    'complete -c tokentray -f',
    // A command after -- has a completion of its own.
    "complete -c tokentray -n 'contains -- -- (commandline -opc)' -a '(__tokentray_behind)'",
    ...places.flatMap(placeLines),
  ].join('\n')
}

const functions = (places: readonly Place[]): string => `function __tokentray_at
    set -l place ''
    for word in (commandline -opc)[2..-1]
        test "$word" = --; and return 1
        switch "$place $word"
${places
  .filter(({ path }) => path !== '')
  .map(({ path }) => `            case '${before(path)} ${last(path)}'\n                set place '${path}'`)
  .join('\n')}
        end
    end
    test "$place" = "$argv[1]"
end
function __tokentray_behind
    set -l words (commandline -opc)
    set -l words $words[(math 1 + (contains -i -- -- $words))..-1] (commandline -ct)
    complete -C "$words"
end`

const last = (path: string): string => path.split(' ').at(-1) ?? ''
const before = (path: string): string => path.split(' ').slice(0, -1).join(' ')

function placeLines({ path, words, names, flags }: Place): string[] {
  const at = `complete -c tokentray -n ${quoted(`__tokentray_at "${path}"`)}`
  return [
    ...(words.length === 0 ? [] : [`${at} -a ${quoted(words.join(' '))}`]),
    ...(names === null ? [] : [`${at} ${offer(names)}`]),
    ...flags.map((flag) => flagLine(at, flag)),
  ]
}

function flagLine(at: string, { flag, value, help }: Flag): string {
  const words = value === 'none' ? '' : ` ${offer(value)} -r`
  return `${at} -l ${flag.replace(/^--/, '')}${words}${help === '' ? '' : ` -d ${quoted(help)}`}`
}

/** Escapes the two characters that fish escapes within single quotes. */
const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

function offer(words: Offer | 'none' | null): string {
  switch (words) {
    case 'account':
      return `-f -a '(tokentray completion accounts 2>/dev/null)'`
    case 'file':
      return '-F'
    case 'none':
    case null:
      return '-f'
    default:
      return `-f -a '${words.join(' ')}'`
  }
}
