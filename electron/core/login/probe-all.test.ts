import { expect, test } from 'vitest'
import type { Freshness } from '../../contract/state.ts'
import { InputError, LoginError } from '../errors.ts'
import { probeAlive } from './probe-all.ts'

/** Accounts by name with how their tokens stand, and what asking about each of them ends with. */
async function probe(freshness: Record<string, Freshness | Error>, ends: Record<string, Error> = {}) {
  const asked: string[] = []
  const list = Object.keys(freshness).map((name) => ({ name }))
  const tokens = {
    freshness: (name: string): Freshness => {
      const known = freshness[name]
      if (known instanceof Error) throw known
      return known ?? 'none'
    },
  }
  const engine = {
    probe: (name: string): Promise<void> => {
      asked.push(name)
      const end = ends[name]
      return end === undefined ? Promise.resolve() : Promise.reject(end)
    },
  }
  const problems = await probeAlive({ accounts: { list }, tokens, engine }, new AbortController().signal)
  return { asked, kinds: problems.map(({ kind }) => kind) }
}

test('tokens that look alive are asked about, and no others', async () => {
  const { asked } = await probe({
    a: 'fresh',
    b: 'expiring',
    c: 'unverified',
    d: 'none',
    e: 'expired',
    f: 'rejected',
  })
  expect(asked).toEqual(['a', 'b', 'c'])
})

test('one that can’t be asked about keeps nobody from asking about the others', async () => {
  const unknown = new InputError({ broker: '“nse” is not known' })
  const gone = new InputError({ name: 'there is no account “b”' })
  const ends = { b: gone, c: new LoginError('network') }
  const { asked, kinds } = await probe({ a: unknown, b: 'fresh', c: 'fresh', d: 'fresh' }, ends)
  expect(asked).toEqual(['b', 'c', 'd'])
  expect(kinds).toEqual(['network'])
})
