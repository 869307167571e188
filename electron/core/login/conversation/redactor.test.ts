import { describe, expect, test } from 'vitest'
import type { HttpReply } from '../../ports.ts'
import { MAX_STEPS } from '../../brokers/kit/clean-text.ts'
import { Work } from '../../brokers/kit/secret-finder.ts'
import { Secret } from '../../secret.ts'
import { Redactor } from './redactor.ts'

const url = new URL('https://broker.example/')
const replyOf = (body: string): HttpReply => ({ status: 200, headers: new Headers(), body })
const key = (index: number): string => `K${index.toString(36).padStart(15, '0')}`
const keys = (count: number): string[] => Array.from({ length: count }, (_, index) => key(index))

/** Returns the words as they are shown, and the steps that cleaning them took. */
function shown(redactor: Redactor, words: string): { clean: string; steps: number } {
  const work = new Work(MAX_STEPS)
  const clean = redactor.redact(words, work)
  return { clean, steps: MAX_STEPS - work.left }
}

function learnt(...bodies: string[]): Redactor {
  const redactor = new Redactor([])
  redactor.add(new Secret('my own password'))
  for (const body of bodies) redactor.learnReply(replyOf(body), url)
  return redactor
}

describe('a reply with more keys than any login has', () => {
  const flood = JSON.stringify(keys(45_000))

  test('costs no more to clean 900 kB of words than is shown of them', () => {
    const { clean, steps } = shown(learnt(flood), 'some words '.repeat(82_000))
    expect(clean).toMatch(/^some words .*…$/)
    expect(steps).toBeLessThan(10_000)
  })

  test('costs the same whatever number of keys is known', () => {
    const words = `${'Kind words '.repeat(40)}${key(3)}`
    const [few, many] = [10, 3_000].map((count) => shown(learnt(JSON.stringify(keys(count))), words))
    expect(few?.clean).toContain('[secret]')
    expect(many).toEqual(few)
  })

  test.each([
    ['the first', key(0)],
    ['one that is still learnt', key(3_000)],
    ['one past the limit', key(44_999)],
    ['one past the limit, as a part of an address', encodeURIComponent(`${key(40_000)}==`)],
    ['the user’s own password', 'my own password'],
    ['the user’s own password, in base64', btoa('my own password')],
  ])('gets none of them into its words: %s', (_which, secret) => {
    for (const before of ['x', 'x'.repeat(495), ' '.repeat(900)])
      expect(shown(learnt(flood), `${before} ${secret}`).clean).not.toMatch(/K0|my|bXk/)
  })

  test('learns one key of as many letters as it may, of three bytes each', () => {
    const long = 'अ'.repeat(50_000)
    expect(shown(learnt(JSON.stringify(long)), `no ${long}`).clean).toBe('no [secret]…')
  })

  test.each([
    ['one key of 900 kB', JSON.stringify('k'.repeat(900_000))],
    ['only escaped quotes', '\\"'.repeat(450_000)],
    ['a text that never ends', `"${'\\"'.repeat(450_000)}`],
    ['a key past what is read', `${'" '.repeat(200_000)}"${key(7)}"`],
  ])('hides whatever looks like a key after %s', (_what, body) => {
    expect(shown(learnt(body), `no ${key(7)} k${'k'.repeat(900)}`).clean).toBe('no [secret] [secret]')
  })
})

describe('words that can be read in many ways', () => {
  test.each([
    ['a key of one letter and a row of it', 'a'.repeat(40_000), 'a'.repeat(39_999).concat(' a').repeat(20)],
    ['backslashes', `${'\\'.repeat(20_000)}!`, '\\'.repeat(900_000)],
    ['control characters', 'k', '\u0000'.repeat(900_000)],
    ['white space', 'k', ' '.repeat(900_000)],
    ['keys one after the other', 'k'.repeat(20_000), 'k'.repeat(900_000)],
  ])('end where the work would be too much: %s', (_what, value, words) => {
    const redactor = learnt()
    redactor.add(new Secret(value))
    const { clean, steps } = shown(redactor, words)
    expect(steps).toBeLessThan(MAX_STEPS * 1.01)
    expect(clean).toMatch(/^.{0,8}…?$|^(\[secret\])+…?$/)
  })
})
