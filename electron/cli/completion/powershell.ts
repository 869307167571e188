import type { Flag, Offer, Place } from './vocabulary.ts'

/**
 * Writes the completion script for PowerShell, also for Windows' own 5.1:
 * https://learn.microsoft.com/en-us/powershell/module/microsoft.powershell.core/register-argumentcompleter
 * The script is plain ASCII, because 5.1 reads a program's output in the code page of the console.
 */
export function powershellScript(places: readonly Place[]): string {
  return `# PowerShell completion for tokentray
Register-ArgumentCompleter -Native -CommandName tokentray -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $places = @{
${places.map(placeEntry).join('\n')}
  }
  $place = ''
  $before = ''
  foreach ($element in @($commandAst.CommandElements | Select-Object -Skip 1)) {
    if ($element.Extent.EndOffset -ge $cursorPosition) { break }
    $before = $element.Extent.Text
    # Behind a -- stands another command.
    if ($before -eq '--') { return }
    $longer = "$place $before".Trim()
    if ($places.ContainsKey($longer)) { $place = $longer }
  }
  $here = $places[$place]
  $start = ''
  $typed = $wordToComplete
  if ($typed -match '^(--[\\w-]+)=(.*)$') {
    $before = $Matches[1]
    $start = "$before="
    $typed = $Matches[2]
  }
  if ($here.Values.ContainsKey($before)) { $offered = @(& $here.Values[$before]) }
  elseif ($typed.StartsWith('-')) { $offered = @($here.Flags.Keys) }
  else { $offered = @($here.Words) + @(& $here.Names) }
  $offered | Where-Object { $_ -and $_.StartsWith($typed) } | Sort-Object | ForEach-Object {
    $help = if ($here.Flags[$_]) { $here.Flags[$_] } else { $_ }
    [System.Management.Automation.CompletionResult]::new("$start$_", $_, 'ParameterValue', $help)
  }
}`
}

function placeEntry({ path, words, names, flags }: Place): string {
  const helps = flags.map(({ flag, help }) => `${quoted(flag)} = ${quoted(help)}`)
  return `    ${quoted(path)} = @{
      Words = ${list(words)}
      Names = ${offer(names)}
      Flags = @{ ${helps.join('; ')} }
      Values = @{ ${flags.flatMap(valueEntry).join('; ')} }
    }`
}

const valueEntry = ({ flag, value }: Flag): string[] =>
  value === 'none' ? [] : [`${quoted(flag)} = ${offer(value)}`]

/** Returns the block that lists the words. PowerShell completes file names itself when given none. */
function offer(words: Offer | null): string {
  if (words === null || words === 'file') return '{ }'
  return words === 'account' ? '{ tokentray completion accounts 2>$null }' : `{ ${list(words)} }`
}

const list = (words: readonly string[]): string => `@(${words.map(quoted).join(', ')})`

const quoted = (text: string): string => `'${plain(text).replaceAll("'", "''")}'`

const plain = (text: string): string =>
  text
    .replaceAll(/[‘’]/g, "'")
    .replaceAll(/[“”]/g, '"')
    .replaceAll('…', '...')
    .replaceAll(/[^\x20-\x7e]/g, '')
