import type { Flag, Offer, Place } from './vocabulary.ts'

/** Writes the completion script for zsh: https://zsh.sourceforge.io/Doc/Release/Completion-System.html */
export function zshScript(places: readonly Place[]): string {
  const inner = places.filter(({ path }) => path !== '')
  return `#compdef tokentray
_tokentray_accounts() {
  local -a names
  names=("\${(@f)$(tokentray completion accounts 2>/dev/null)}")
  compadd -- $names
}
_tokentray() {
  local place='' word option=$words[CURRENT-1] i
  if [[ $PREFIX == --*=* ]]; then
    option=\${PREFIX%%=*}
    compset -P '*='
  fi
  for ((i = 2; i < CURRENT; i++)); do
    word=$words[i]
    # Behind a -- stands another command, which completes itself.
    if [[ $word == -- ]]; then
      shift $i words
      (( CURRENT -= i ))
      _normal
      return
    fi
    case "$place $word" in
${inner.map(({ path }) => `      '${before(path)} ${last(path)}') place='${path}' ;;`).join('\n')}
    esac
  done
  case "$place" in
${places.map((place) => `    '${place.path}') ${placeOffers(place)} ;;`).join('\n')}
  esac
}
compdef _tokentray tokentray`
}

const last = (path: string): string => path.split(' ').at(-1) ?? ''
const before = (path: string): string => path.split(' ').slice(0, -1).join(' ')

function placeOffers({ words, names, flags }: Place): string {
  const values = flags
    .filter(({ value }) => value !== 'none')
    .map(({ flag, value }) => `${flag}) ${offer(value)}; return ;;`)
  return [
    ...(values.length === 0 ? [] : [`case $option in ${values.join(' ')} esac`]),
    `if [[ $PREFIX == -* ]]; then ${describe(flags)}; return; fi`,
    ...(words.length === 0 ? [] : [`compadd -- ${words.join(' ')}`]),
    ...(names === null ? [] : [offer(names)]),
  ].join('; ')
}

/** Offers options with their help. */
const describe = (flags: readonly Flag[]): string =>
  `local -a flags; flags=(${flags.map(({ flag, help }) => quoted(`${flag}:${help}`)).join(' ')}); _describe option flags`

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

function offer(words: Offer | 'none' | null): string {
  switch (words) {
    case 'account':
      return '_tokentray_accounts'
    case 'file':
      return '_files'
    case 'none':
    case null:
      return ':'
    default:
      return `compadd -- ${words.join(' ')}`
  }
}
