import { execFileSync } from 'node:child_process'
import { parseEnv } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hasProgram } from '../../../../tests/support/has-program.ts'
import { readAssignments } from './expand.ts'

function read(text: string): Record<string, string | null> {
  return Object.fromEntries(
    [...readAssignments(text)].map(([name, one]) => [name, 'fault' in one ? null : one.value] as const),
  )
}

/** Null for what the file has nothing of, or what can't be read. */
const valueOf = (text: string, name: string) => read(text)[name] ?? null

describe('a .env file is read as python-dotenv reads it', () => {
  // The inputs and values of its own tests: https://github.com/theskumar/python-dotenv/blob/main/tests/test_parser.py
  test.each<[text: string, values: Record<string, string>]>([
    ['', {}],
    ['a=b', { a: 'b' }],
    ["'a'=b", { a: 'b' }],
    ['[=b', { '[': 'b' }],
    [' a = b ', { a: 'b' }],
    ['export a=b', { a: 'b' }],
    [" export 'a'=b", { a: 'b' }],
    ['# a=b', {}],
    ['a=b#c', { a: 'b#c' }],
    ['a=b #c', { a: 'b' }],
    ['a= #c', { a: '' }],
    ['a=  # comment', { a: '' }],
    ['a=#b', { a: '#b' }],
    ['a=b\t#c', { a: 'b' }],
    ['a=b c', { a: 'b c' }],
    ['a=b\tc', { a: 'b\tc' }],
    ['a=b  c', { a: 'b  c' }],
    ['a=b\u00a0 c', { a: 'b\u00a0 c' }],
    ['a=b c ', { a: 'b c' }],
    ["a='b c '", { a: 'b c ' }],
    ['a="b c "', { a: 'b c ' }],
    ['export export_a=1', { export_a: '1' }],
    ['export port=8000', { port: '8000' }],
    ['a="b\nc"', { a: 'b\nc' }],
    ["a='b\nc'", { a: 'b\nc' }],
    ['a="b\\nc"', { a: 'b\nc' }],
    ["a='b\\nc'", { a: 'b\\nc' }],
    ['a="b\\"c"', { a: 'b"c' }],
    ["a='b\\'c'", { a: "b'c" }],
    ['a=à', { a: 'à' }],
    ['a="à"', { a: 'à' }],
    ['no_value_var', {}],
    ['a: b', {}],
    ['a=b\nc=d', { a: 'b', c: 'd' }],
    ['a=b\rc=d', { a: 'b', c: 'd' }],
    ['a=b\r\nc=d', { a: 'b', c: 'd' }],
    ['a=\nb=c', { a: '', b: 'c' }],
    ['\n\n', {}],
    ['a=b\n\n', { a: 'b' }],
    ['a=b\n\nc=d', { a: 'b', c: 'd' }],
    ['# comment\na="b\nc"\nd=e\n', { a: 'b\nc', d: 'e' }],
    ['a=b\n# comment 1', { a: 'b' }],
    ['# comment 1\n# comment 2', {}],
    ['uglyKey[%$="S3cr3t_P4ssw#rD" #\na=b', { 'uglyKey[%$': 'S3cr3t_P4ssw#rD', a: 'b' }],
    ['\uFEFFa=b\nc=d', { a: 'b', c: 'd' }],
  ])('%j', (text, values) => {
    expect(read(text)).toEqual(values)
  })

  // Its test_main.py, with interpolation as it is by default; what it takes from the environment is not.
  test.each<[text: string, name: string, value: string]>([
    ['a=b\nb=${a}', 'b', 'b'],
    ['a=b\nb=${a}${a}', 'b', 'bb'],
    ['b=${a:-d}', 'b', 'd'],
    ['b=${a:-}', 'b', ''],
    ['a=b\nc=${a:-d}', 'c', 'b'],
    ['a=b\nc="${a}"', 'c', 'b'],
    ["a=b\nc='${a}'", 'c', 'b'],
    ['a=b\nc=x${a}y', 'c', 'xby'],
    ['a=\nc=${a:-d}', 'c', ''],
    ['a=b\na=${a}c', 'a', 'bc'],
    ['a=$b', 'a', '$b'],
    ['a=${b:-c', 'a', '${b:-c'],
  ])('with references: %j', (text, name, value) => {
    expect(valueOf(text, name)).toBe(value)
  })

  // Where it goes on without the line, or with nothing in place of a name, a password would be wrong or missing.
  test.each([
    ['a quote that is never closed', 'a="\nb=c', { a: null, b: 'c' }],
    ['a name that is not in the file', 'a=${HOME}\nb=c', { a: null, b: 'c' }],
    ['a name that is set further down', 'a=${b}\nb=c', { a: null, b: 'c' }],
    ['several assignments on a line', 'a=b c=d\n', { a: null }],
    ['what a “#” stands behind without a space', 'a="b"#c\n', { a: null }],
  ])('but %s is no value', (_what, text, values) => {
    expect(read(text)).toEqual(values)
  })

  test('never looks at the environment', () => {
    process.env['TOKENTRAY_TEST_ONLY'] = 'of the environment'
    expect(valueOf('a=${TOKENTRAY_TEST_ONLY:-of the file}', 'a')).toBe('of the file')
    expect(valueOf('a=${TOKENTRAY_TEST_ONLY}', 'a')).toBe(null)
    delete process.env['TOKENTRAY_TEST_ONLY']
  })

  test('references that would grow without end are no value', () => {
    const lines = Array.from({ length: 40 }, (_, index) => `A${index + 1}=\${A${index}}\${A${index}}`)
    expect(valueOf(['A0=xxxxxxxxxx', ...lines].join('\n'), 'A40')).toBe(null)
  })
})

// https://github.com/motdotla/dotenv/blob/master/tests/.env and .env.multiline, with the values of its tests.
describe('what npm’s dotenv reads in its own test files', () => {
  const text = `BASIC=basic

# previous line intentionally left blank
AFTER_LINE=after_line
EMPTY=
SINGLE_QUOTES='single_quotes'
SINGLE_QUOTES_SPACED='    single quotes    '
DOUBLE_QUOTES="double_quotes"
DOUBLE_QUOTES_SPACED="    double quotes    "
DOUBLE_QUOTES_INSIDE_SINGLE='double "quotes" work inside single quotes'
SINGLE_QUOTES_INSIDE_DOUBLE="single 'quotes' work inside double quotes"
EXPAND_NEWLINES="expand\\nnew\\nlines"
DONT_EXPAND_UNQUOTED=dontexpand\\nnewlines
DONT_EXPAND_SQUOTED='dontexpand\\nnewlines'
# COMMENTS=work
INLINE_COMMENTS=inline comments # work #very #well
INLINE_COMMENTS_SINGLE_QUOTES='inline comments outside of #singlequotes' # work
INLINE_COMMENTS_DOUBLE_QUOTES="inline comments outside of #doublequotes" # work
INLINE_COMMENTS_BACKTICKS=\`inline comments outside of #backticks\` # work
INLINE_COMMENTS_SPACE=inline comments start with a#number sign. no space required.
EQUAL_SIGNS=equals==
RETAIN_INNER_QUOTES={"foo": "bar"}
RETAIN_INNER_QUOTES_AS_STRING='{"foo": "bar"}'
TRIM_SPACE_FROM_UNQUOTED=    some spaced out string
USERNAME=therealnerdybeast@example.tld
    SPACED_KEY = parsed
MULTI_DOUBLE_QUOTED="THIS
IS
A
MULTILINE
STRING"
`
  const npm: Readonly<Record<string, string>> = {
    BASIC: 'basic',
    AFTER_LINE: 'after_line',
    EMPTY: '',
    SINGLE_QUOTES: 'single_quotes',
    SINGLE_QUOTES_SPACED: '    single quotes    ',
    DOUBLE_QUOTES: 'double_quotes',
    DOUBLE_QUOTES_SPACED: '    double quotes    ',
    DOUBLE_QUOTES_INSIDE_SINGLE: 'double "quotes" work inside single quotes',
    SINGLE_QUOTES_INSIDE_DOUBLE: "single 'quotes' work inside double quotes",
    EXPAND_NEWLINES: 'expand\nnew\nlines',
    DONT_EXPAND_UNQUOTED: 'dontexpand\\nnewlines',
    DONT_EXPAND_SQUOTED: 'dontexpand\\nnewlines',
    INLINE_COMMENTS: 'inline comments',
    INLINE_COMMENTS_SINGLE_QUOTES: 'inline comments outside of #singlequotes',
    INLINE_COMMENTS_DOUBLE_QUOTES: 'inline comments outside of #doublequotes',
    INLINE_COMMENTS_BACKTICKS: 'inline comments outside of #backticks',
    INLINE_COMMENTS_SPACE: 'inline comments start with a',
    EQUAL_SIGNS: 'equals==',
    RETAIN_INNER_QUOTES: '{"foo": "bar"}',
    RETAIN_INNER_QUOTES_AS_STRING: '{"foo": "bar"}',
    TRIM_SPACE_FROM_UNQUOTED: 'some spaced out string',
    USERNAME: 'therealnerdybeast@example.tld',
    SPACED_KEY: 'parsed',
    MULTI_DOUBLE_QUOTED: 'THIS\nIS\nA\nMULTILINE\nSTRING',
  }
  /** python-dotenv differs: it knows no backticks, and begins a comment only behind a space. Both are reported. */
  const differs = ['INLINE_COMMENTS_BACKTICKS', 'INLINE_COMMENTS_SPACE']

  test('is read here too, but for what python-dotenv reads in another way', () => {
    const ours = read(text)
    expect(Object.keys(ours)).toEqual(Object.keys(npm))
    expect(Object.keys(npm).filter((name) => ours[name] !== npm[name])).toEqual(differs)
  })

  test('and where they differ, a secret would be refused', () => {
    const doubted = [...readAssignments(text).values()].filter(
      (one) => !('ambiguity' in one) || one.ambiguity !== null,
    )
    expect(doubted.map(({ name }) => name)).toEqual(expect.arrayContaining(differs))
  })
})

describe('a value without ambiguity', () => {
  /** What readers stumble over; a tab is not among it, which Node alone leaves around a value. */
  const piece = fc.constantFrom(
    ...[
      'a',
      'B',
      '9',
      '#',
      ' #',
      ' ',
      "'",
      '"',
      '`',
      '\\',
      '\\n',
      '\\\\',
      '$',
      '$a',
      '${',
      '}',
      '=',
      '@',
      '₹',
      '“',
    ],
  )
  const body = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join(''))
  const right = fc
    .tuple(body, fc.constantFrom('', "'", '"'), fc.constantFrom('', ' ', ' # it’s mine'))
    .map(([text, quote, behind]) => `${quote}${text}${quote}${behind}`)

  function withoutDoubt(text: string): string | null {
    const assignment = readAssignments(`X=${text}\n`).get('X')
    if (assignment === undefined || 'fault' in assignment || assignment.ambiguity !== null) return null
    return assignment.value
  }

  test('is the same to Node', () => {
    fc.assert(
      fc.property(right, (text) => {
        const value = withoutDoubt(text)
        if (value !== null) expect(parseEnv(`X=${text}\n`)['X']).toBe(value)
      }),
      { numRuns: 20_000 },
    )
  })

  test.runIf(hasProgram('sh'))('is the same to a shell', () => {
    // Unquoted, what is behind a space is a command to a shell: it says so, and takes no other value in silence.
    const texts = fc.sample(right, 4_000).filter((text) => {
      const value = withoutDoubt(text)
      return value !== null && !text.startsWith(' ') && (/^['"]/.test(text) || !value.includes(' '))
    })
    expect(texts.length).toBeGreaterThan(500)
    const script = texts.map((text) => `X=${text}\nprintf '%s\\0' "$X"\n`).join('')
    const read = execFileSync('sh', { input: script, encoding: 'utf8' }).split('\0').slice(0, -1)
    expect(read).toEqual(texts.map(withoutDoubt))
  })
})
