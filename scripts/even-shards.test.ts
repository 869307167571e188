import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { evenParts, secondsOf } from './even-shards.mjs'

const tests = path.join(import.meta.dirname, '../tests')
const files = ['', 'attacks/'].flatMap((folder) =>
  readdirSync(path.join(tests, folder))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => path.join(tests, folder, name)),
)

test('the shards have every file once', () => {
  for (const count of [1, 2, 3]) expect(evenParts(files, count).flat().sort()).toEqual([...files].sort())
})

test('a shard has the same files whatever order they come in', () => {
  expect(evenParts(files.toReversed(), 2)).toEqual(evenParts(files, 2))
})

test.each([2, 3])('%i shards take as long as each other, but for one usual file', (count) => {
  const seconds = evenParts(files, count).map((part) => part.reduce((sum, file) => sum + secondsOf(file), 0))
  expect(Math.max(...seconds) - Math.min(...seconds)).toBeLessThanOrEqual(secondsOf('usual.test.ts'))
})

test('the shard with the pictures, which take as long as many files, has fewer others', () => {
  const [one = [], other = []] = evenParts(files, 2)
  const [withPictures, without] = one.some((file) => file.endsWith('pictures.test.ts'))
    ? [one, other]
    : [other, one]
  expect(withPictures.length).toBeLessThan(without.length - 3)
})
