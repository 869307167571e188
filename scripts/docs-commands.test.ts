import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { commands } from '../electron/cli/commands.ts'
import { readVocabulary } from '../electron/cli/completion/vocabulary.ts'
import { devDependencies, scripts } from '../package.json'
import { pagePaths } from './docs-site.mjs'

const root = path.join(import.meta.dirname, '..')
const places = await readVocabulary(commands)

/**
 * Marks a block with programs of another system, or that need root or a screen. Calls of `tokentray` and npm in it are
 * looked at all the same.
 */
const ELSEWHERE = 'elsewhere'
/** Programs of any system that stand around ours. */
const AROUND = ['cd', 'echo', 'eval', 'git', 'mkdir', 'python3', 'source']

/** Returns the calls of a page: those of its `sh` blocks, and those of `tokentray` in its text. */
function callsOf(text: string): string[] {
  const blocks = [...text.matchAll(/^```sh(.*)\n([^]*?)^```/gm)]
  const inBlocks = blocks.flatMap(([, mark = '', lines = '']) => {
    const calls = lines.replaceAll('\\\n', ' ').split('\n').flatMap(callsIn)
    return mark.trim() === ELSEWHERE
      ? calls.filter((call) => /^(npx --no tokentray|tokentray|npm)\b/.test(call))
      : calls
  })
  const prose = text.replaceAll(/^```[^]*?^```/gm, '')
  const ticked = [...prose.matchAll(/`((?:npx --no )?tokentray [a-z-][^`]*)`/g)].map(([, call = '']) => call)
  return [...inBlocks, ...ticked]
}

/** Returns the calls in a line of a shell, without comments and redirections. */
const callsIn = (line: string): string[] =>
  line
    .replace(/(^|\s)#\s.*$/, '')
    .replaceAll(/\b[A-Z_]+="?\$\(|"?\$\(|\)"?/g, ';')
    .split(/\||&&|;/)
    .map((call) =>
      call
        .replace(/^(\s*[A-Z_]+=\S+)+\s/, '')
        .replaceAll(/\s\d?[<>]{1,2}\s*\S+/g, '')
        .trim(),
    )
    .filter((call) => /\w/.test(call))

/** Returns what is wrong with a call, or null. */
function faultOf(call: string): string | null {
  const [program = '', ...args] = call.replace(/^npx --no /, '').split(/\s+/)
  if (program === 'tokentray') return faultOfOurs(args)
  if (program === 'npm') return faultOfNpm(args)
  if (program === 'npx') return (args[0] ?? '') in devDependencies ? null : 'is no package here'
  if (program === 'node') return existsSync(path.join(root, args[0] ?? '')) ? null : 'is no file here'
  return AROUND.includes(program) ? null : `is not known, and its block is not marked “${ELSEWHERE}”`
}

function faultOfNpm([command = '', name = '']: readonly string[]): string | null {
  if (command === 'run') return name in scripts ? null : 'is no script of package.json'
  if (command in scripts) return null
  return ['install', 'ci', 'version', 'view'].includes(command) ? null : 'is no script of package.json'
}

function faultOfOurs(args: readonly string[]): string | null {
  const [command = '', action = ''] = args
  const place =
    places.find((other) => other.path === `${command} ${action}`) ??
    places.find((other) => other.path === command)
  if (place === undefined || (command === '' && args.length > 0)) return 'is no command'
  const isAction = place.path.includes(' ')
  if (!isAction && place.words.length > 0 && /^[a-z]/.test(action)) return 'is no action'
  const end = args.indexOf('--')
  const flags = args.slice(0, end === -1 ? args.length : end).filter((arg) => /^--\w/.test(arg))
  const known = place.flags.map(({ flag }) => flag)
  const unknown = flags.map((flag) => flag.split('=')[0] ?? '').find((flag) => !known.includes(flag))
  return unknown === undefined ? null : `has no ${unknown}`
}

describe.each([...pagePaths(), 'examples/README.md', 'packaging/npm-readme.md'])('%s', (page) => {
  test('names only commands and options that exist', () => {
    const calls = callsOf(readFileSync(path.join(root, page), 'utf8').replaceAll('\r\n', '\n'))
    expect(calls.map((call) => [call, faultOf(call)]).filter(([, fault]) => fault !== null)).toEqual([])
  })
})

test.each([
  ['tokentray acount list', 'is no command'],
  ['tokentray account ad main', 'is no action'],
  ['tokentray login --forced', 'has no --forced'],
  ['npm run doc', 'is no script of package.json'],
  ['timedatectl', 'is not known, and its block is not marked “elsewhere”'],
  ['tokentray exec main -- python3 --version', null],
])('%s %s', (call, fault) => {
  expect(faultOf(call)).toBe(fault)
})

test('calls are found in blocks, in text, in substitutions and behind a pipe', () => {
  const page =
    'Ask `tokentray doctor`.\n\n```sh\nA=$(tokentray token x) # why\npass | tokentray watch 3<f\n```\n'
  expect(callsOf(page)).toEqual(['tokentray token x', 'pass', 'tokentray watch', 'tokentray doctor'])
  const elsewhere = callsOf(page.replace('```sh', '```sh elsewhere'))
  expect(elsewhere).toEqual(['tokentray token x', 'tokentray watch', 'tokentray doctor'])
})
