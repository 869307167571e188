import { format, formatWithOptions, inspect } from 'node:util'
import { Console } from 'node:console'
import { Writable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { Secret } from './secret.ts'

const value = 'hunter2-and-more'
const secret = new Secret(value)

describe('a secret', () => {
  test('tells its value to whoever asks for it by name', () => {
    expect(secret.reveal()).toBe(value)
  })

  test.each<[string, () => string]>([
    ['in a template string', () => String.raw`${secret}`],
    ['joined to text', () => 'x' + String(secret)],
    ['joined with others', () => [secret, secret].join(',')],
    ['as JSON', () => JSON.stringify({ a: [secret] })],
    ['inspected', () => inspect(secret)],
    ['inspected deep inside', () => inspect({ a: { b: [secret] } }, { depth: null, showHidden: true })],
    ['inspected in a Map', () => inspect(new Map([['token', secret]]))],
    ['formatted with %s', () => format('%s', secret)],
    ['formatted with %o', () => format('%o', secret)],
    ['formatted with %O', () => format('%O', { secret })],
    ['formatted with %j', () => format('%j', { secret })],
    ['formatted in colour', () => formatWithOptions({ colors: true }, secret)],
    ['in an error’s message', () => new Error(String.raw`refused: ${secret}`).message],
    ['in an error’s stack', () => String(new Error(String.raw`refused: ${secret}`).stack)],
    ['as an error’s cause', () => inspect(new Error('refused', { cause: secret }))],
  ])('prints [secret] %s', (_where, print) => {
    const printed = print()
    expect(printed).toContain('[secret]')
    expect(printed).not.toContain('hunter2')
  })

  test('prints [secret] on the console', () => {
    let printed = ''
    const stream = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        printed += chunk.toString()
        done()
      },
    })
    const console = new Console(stream, stream)
    console.log(secret, { secret })
    console.error('%s', secret)
    console.table([{ secret }])
    console.dir({ secret })
    expect(printed).toContain('[secret]')
    expect(printed).not.toContain('hunter2')
  })

  test('has nothing to be found by looking into it', () => {
    expect(inspect(secret, { customInspect: false, showHidden: true })).not.toContain('hunter2')
    expect(Object.values(secret)).toEqual([])
    expect(JSON.stringify(Object.entries(secret))).toBe('[]')
    expect(JSON.stringify(structuredClone(secret))).not.toContain('hunter2')
  })
})
