import { describe, expect, test } from 'vitest'
import { inputErrors } from '../../../../tests/support/failure.ts'
import { kiteConnect } from '../../brokers/kite-connect/broker.ts'
import { previewEnv, readEnvFile, valuesIn } from './preview.ts'

const read = (text: string) => valuesIn(readEnvFile(text, kiteConnect))
const password = (right: string) => read(`OLD=made-up-Pass1\nKITE_PASSWORD=${right}\n`)['password']
const refusal = async (text: string) => (await inputErrors(() => read(text)))['env-file'] ?? ''
const passwordRefusal = (right: string) => refusal(`KITE_USER_ID=AB1234\nKITE_PASSWORD=${right}\n`)

describe('a secret in a .env file', () => {
  test.each([
    ['${OLD}', 'made-up-Pass1'],
    ['"${OLD}"', 'made-up-Pass1'],
    ['x${OLD}y', 'xmade-up-Pass1y'],
    ['${NEW:-made-up-2}', 'made-up-2'],
    ['${OLD:-made-up-2} # mine', 'made-up-Pass1'],
    ['${NEW:-}${OLD}', 'made-up-Pass1'],
  ])('is put together from the lines above it: %s', (right, value) => {
    expect(password(right)).toBe(value)
  })

  test.each([
    ['plain', 'made-up', 'made-up'],
    ['a comment behind it', 'made-up # mine', 'made-up'],
    ['all in single quotes that readers differ about without', `'#p\`a"$s\\s'`, '#p`a"$s\\s'],
    ['a single quote in double quotes', `"it's"`, "it's"],
    ['curly quotes in quotes', `'“made-up”'`, '“made-up”'],
    ['letters beyond ASCII', 'pässwörd₹', 'pässwörd₹'],
    ['punctuation that a shell would refuse', 'Made&up(1);!', 'Made&up(1);!'],
  ])('is taken with %s', (_what, right, value) => {
    expect(password(right)).toBe(value)
  })

  test.each([
    ['p#ss1', /Node end it at its “#”; put it in single quotes/],
    ['#pass', /“#”/],
    ['`ab"c\'d`', /backtick for a quote.*type it when asked$/],
    ['pass`word', /backtick.*single quotes/],
    ['"ab\\$cd"', /backslash/],
    ['pa\\ss', /a shell leaves out its backslash; put it in single quotes/],
    ['"C:\\\\new"', /backslash/],
    ["'it\\'s'", /backslash; put it in double quotes/],
    ['pa$$word', /takes its “\$”/],
    ['"pa$word"', /takes its “\$”/],
    ['"pa`word"', /backtick for a command/],
    ['pa"ss"word', /quotes within it/],
    ["pa's", /quotes within it; put it in double quotes/],
    ['“abc”', /curly quotes/],
    ['abc”', /curly quotes/],
    ['p\u200Bass', /invisible character/],
    ["'p\uFFFDssword'", /letter that was lost.*type it when asked$/],
    ["'a${KITE_USER_ID}b'", /python-dotenv puts a value in place/],
    ['${KITE_USER_ID:?none}', /“\$”/],
    ['${KITE_USER_ID:-a#b}', /“#”/],
  ])('is refused, and none of it repeated, where readers differ: %j', async (right, sentence) => {
    const said = await passwordRefusal(right)
    expect(said).toMatch(/^line 2: KITE_PASSWORD /)
    expect(said).toMatch(sentence)
    expect(said).not.toMatch(/abc|word”|ss1/)
  })

  test('is refused where the line that it is taken from is ambiguous, or empty', async () => {
    expect(await refusal('OLD=p#ss1\nKITE_PASSWORD=${OLD}')).toMatch(/^line 2: KITE_PASSWORD .*“#”/)
    expect(await refusal('OLD=\nKITE_PASSWORD=${OLD:-made-up}')).toMatch(/default in place of an empty value/)
  })

  test('is refused where it needs a name that the file does not have, which is told', async () => {
    expect(await passwordRefusal('${HOME}')).toMatch(/^line 2: it uses \$\{HOME\}, which no line above/)
    expect(await passwordRefusal('x${KITE_OLD_PASSWORD}y')).toContain('${KITE_OLD_PASSWORD}')
    expect(await passwordRefusal('${OLD-made-up}')).toMatch(/uses a \$\{…\}/)
    // The line to mend is that of the name.
    expect(await refusal('A=${B}\nKITE_PASSWORD=${A}')).toMatch(/^line 1: it uses \$\{B\}/)
  })

  test.each([
    [`'made-up';`, /text behind the closing quote/],
    [`"made-up" mine`, /text behind the closing quote/],
    [`"AB1234" KITE_API_SECRET="made-up"`, /several assignments/],
    [`"AB1234"; export KITE_API_SECRET="made-up"`, /several assignments/],
    [`made-up KITE_API_SECRET=made-up`, /several assignments/],
    [`made-up; export KITE_API_SECRET=made-up`, /several assignments/],
    [`"made-up\\"`, /backslash before the closing quote/],
    [`'made-up\\'`, /backslash before the closing quote/],
    [`"made-up`, /closing quote is missing/],
    [`'made-up\nKITE_API_KEY='key'`, /closing quote is missing/],
  ])('is refused with the reason: %j', async (right, sentence) => {
    const said = await passwordRefusal(right)
    expect(said).toMatch(/^line 2: /)
    expect(said).toMatch(sentence)
    expect(said).not.toMatch(/made-up|AB1234/)
  })

  test('may have its name in quotes', () => {
    expect(read(`'KITE_USER_ID'='AB1234'\nexport 'KITE_PASSWORD'=made-up\n 'KITE_API_KEY' = key`)).toEqual({
      user_id: 'AB1234',
      password: 'made-up',
      api_key: 'key',
    })
  })
})

describe('the preview', () => {
  test('names a secret that would be refused, and holds no value of it', () => {
    const { found } = previewEnv('KITE_USER_ID=AB1234\nKITE_PASSWORD=p#ss1', kiteConnect)
    expect(found.map(({ env, wrong, value }) => [env, wrong, value?.reveal() ?? null])).toEqual([
      ['KITE_USER_ID', null, 'AB1234'],
      ['KITE_PASSWORD', expect.stringContaining('“#”'), null],
    ])
  })

  test('names a setting that readers differ about, and takes it as python-dotenv does', () => {
    const { found, notes } = previewEnv('KITE_API_KEY=key#1', kiteConnect)
    expect(found.map(({ value }) => value?.reveal())).toEqual(['key#1'])
    expect(notes).toEqual([
      expect.stringMatching(/^KITE_API_KEY \(line 1\) is read in different ways: .*“#”\.$/),
    ])
  })
})
