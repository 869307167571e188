import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { BaseSequencer } from 'vitest/node'

/** How many usual test files the long ones take the time of. One that is missing here makes a shard longer, not wrong. */
const LONG = new Map(
  Object.entries({
    'pictures.test.ts': 17,
    'sharing.test.ts': 3,
    'keyboard.test.ts': 3,
    'every-broker.test.ts': 2,
    'sign-in-window.test.ts': 2,
    'app-lock.test.ts': 2,
    'dev.test.ts': 2,
  }),
)

/**
 * Splits test files into parts that take about the same time. The order of the files does not matter, so that each part
 * can be found without the others.
 * @param {readonly string[]} files
 * @param {number} count
 * @returns {string[][]}
 */
export function evenParts(files, count) {
  const weighed = files.map((file) => ({ file, weight: LONG.get(basename(file)) ?? 1, rank: rankOf(file) }))
  weighed.sort((one, other) => other.weight - one.weight || (one.rank < other.rank ? -1 : 1))
  const parts = Array.from({ length: count }, () => ({ weight: 0, files: /** @type {string[]} */ ([]) }))
  for (const { file, weight } of weighed) {
    const lightest = parts.reduce((one, other) => (other.weight < one.weight ? other : one))
    lightest.files.push(file)
    lightest.weight += weight
  }
  return parts.map((part) => part.files)
}

/**
 * Mixes the folders, because neighbours often take about the same time.
 * @param {string} file
 */
const rankOf = (file) => createHash('sha1').update(basename(file)).digest('hex')

/** Gives each `--shard` about the same time; Vitest's own sequencer gives each as many files. */
export class EvenShards extends BaseSequencer {
  /**
   * @override
   * @param {import('vitest/node').TestSpecification[]} files
   */
  async shard(files) {
    const { shard } = this.ctx.config
    if (!shard) return files
    const parts = evenParts(
      files.map(({ moduleId }) => moduleId),
      shard.count,
    )
    const mine = new Set(parts[shard.index - 1])
    return Promise.resolve(files.filter(({ moduleId }) => mine.has(moduleId)))
  }
}
