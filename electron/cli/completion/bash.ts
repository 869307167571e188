import type { Flag, Offer, Place } from './vocabulary.ts'

/** Writes the completion script for bash, also for macOS' old version: https://www.gnu.org/software/bash/manual/html_node/Programmable-Completion.html */
export function bashScript(places: readonly Place[]): string {
  const values = places.flatMap(({ path, flags }) =>
    flags
      .filter(({ value }) => value !== 'none')
      .map((flag) => `    '${pattern(path, flag)}') ${offer(flag.value)}; return ;;`),
  )
  return `# bash completion for tokentray
_tokentray() {
  local cur prev word path='' skip='' i
  cur=\${COMP_WORDS[COMP_CWORD]}
  prev=\${COMP_WORDS[COMP_CWORD-1]}
  COMPREPLY=()
  # bash takes --format=json apart at the =.
  if [[ $cur == = ]]; then cur=''; elif [[ $prev == = ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    # Behind a -- stands another command, which completes itself.
    if [[ $word == -- ]]; then
      if declare -F _command_offset >/dev/null; then _command_offset $((i + 1)); else COMPREPLY=($(compgen -c -f -- "$cur")); fi
      return
    fi
    case "$path $word" in
${places
  .filter(({ path }) => path !== '')
  .map(({ path }) => `      '${before(path)} ${last(path)}') path='${path}' ;;`)
  .join('\n')}
    esac
  done
  case "$path $prev" in
${values.join('\n')}
  esac
  case "$path" in
${places.map((place) => `    '${place.path}') ${placeOffers(place)} ;;`).join('\n')}
  esac
}
# Not by compgen -W, which runs a $(command) in a word.
_tokentray_offer() {
  local word words
  IFS=$' \\n' read -r -d '' -a words <<<"$1"
  for word in "\${words[@]}"; do
    if [[ $word == "$cur"* ]]; then COMPREPLY+=("$word"); fi
  done
}
_tokentray_accounts() { _tokentray_offer "$("\${COMP_WORDS[0]}" completion accounts 2>/dev/null)"; }
_tokentray_files() { compopt -o filenames 2>/dev/null; COMPREPLY+=($(compgen -f -- "$cur")); }
complete -F _tokentray tokentray`
}

const pattern = (path: string, { flag }: Flag): string => `${path} ${flag}`
const last = (path: string): string => path.split(' ').at(-1) ?? ''
const before = (path: string): string => path.split(' ').slice(0, -1).join(' ')

function placeOffers({ words, names, flags }: Place): string {
  const flagWords = `if [[ $cur == -* ]]; then _tokentray_offer '${flags.map(({ flag }) => flag).join(' ')}'; return; fi`
  const wordOffers = words.length === 0 ? [] : [`_tokentray_offer '${words.join(' ')}'`]
  const nameOffers = names === null ? [] : [offer(names)]
  return [flagWords, ...wordOffers, ...nameOffers].join('; ')
}

function offer(words: Offer | 'none' | null): string {
  switch (words) {
    case 'account':
      return '_tokentray_accounts'
    case 'file':
      return '_tokentray_files'
    case 'none':
    case null:
      return ':'
    default:
      return `_tokentray_offer '${words.join(' ')}'`
  }
}
