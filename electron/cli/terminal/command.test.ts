import { describe, expect, test } from 'vitest'
import { inputErrors } from '../../../tests/support/failure.ts'
import { readArgs, readPairs } from './command.ts'

const options = {
  force: { type: 'boolean', default: false },
  field: { type: 'string' },
  set: { type: 'string', multiple: true },
} as const
const oneName = { min: 1, max: 1 }

describe('a command’s arguments', () => {
  test('are options and names in any order', () => {
    const { values, positionals } = readArgs(
      ['--force', 'main', '--field=a', '--set', 'x=1', '--set', 'y=2'],
      options,
      oneName,
    )
    expect(values).toEqual({ force: true, field: 'a', set: ['x=1', 'y=2'] })
    expect(positionals).toEqual(['main'])
  })

  test('have defaults', () => {
    expect(readArgs(['main'], options, oneName).values).toEqual({ force: false })
  })

  test('may name any number of accounts where that is allowed', () => {
    const any = { min: 0, max: Infinity }
    expect(readArgs([], options, any).positionals).toEqual([])
    expect(readArgs(['a', 'b', 'c'], options, any).positionals).toEqual(['a', 'b', 'c'])
  })

  test('after “--” are names, whatever they look like', () => {
    expect(readArgs(['--', '--force'], options, oneName).positionals).toEqual(['--force'])
  })

  test.each([
    ['no name', [], 'NAME'],
    ['a name too many', ['a', 'b'], 'arguments'],
    ['an unknown option', ['a', '--unknown'], 'arguments'],
    ['an option without its value', ['a', '--field'], 'arguments'],
    ['a value for an option that has none', ['a', '--force=yes'], 'arguments'],
  ])('with %s are refused', async (_what, args, input) => {
    expect(Object.keys(await inputErrors(() => readArgs(args, options, oneName)))).toEqual([input])
  })

  test('with an unknown option are refused without its value, which may be a secret', async () => {
    const errors = await inputErrors(() => readArgs(['a', '--password=SECRETISH'], options, oneName))
    expect(JSON.stringify(errors)).not.toContain('SECRETISH')
  })
})

describe('NAME=VALUE pairs', () => {
  test('are parted at the first equals sign', () => {
    expect(readPairs('set', ['a=1', 'b=x=y=', 'c='])).toEqual({ a: '1', b: 'x=y=', c: '' })
  })

  test('may be none', () => {
    expect(readPairs('set')).toEqual({})
    expect(readPairs('set', [])).toEqual({})
  })

  test('given twice count once, the last one', () => {
    expect(readPairs('set', ['a=1', 'a=2'])).toEqual({ a: '2' })
  })

  test.each(['SECRETISH', '=SECRETISH', ''])(
    'without a name or a sign are refused unrepeated: %j',
    async (pair) => {
      const errors = await inputErrors(() => readPairs('endpoint', [pair]))
      expect(errors).toEqual({ endpoint: 'wants NAME=VALUE' })
    },
  )
})
