import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { BaseSequencer } from 'vitest/node'

/**
 * How long the long test files take, s, in a run of all tests on two cores. One that is missing here makes a shard
 * longer, not wrong.
 */
const LONG = new Map(
  Object.entries({
    'pictures.test.ts': 128,
    'keyboard.test.ts': 33,
    'sharing.test.ts': 30,
    'dev.test.ts': 30,
    'sign-in-window.test.ts': 27,
    'app-lock.test.ts': 26,
    'kill.test.ts': 26,
    'keychain-trouble.test.ts': 19,
    'sealed-keychain.test.ts': 19,
    'settings.test.ts': 17,
    'wayland-alone.test.ts': 17,
    'wayland.test.ts': 16,
    'tray-host.test.ts': 16,
    'sleep.test.ts': 15,
    'assisted.test.ts': 15,
    'tray-accounts.test.ts': 14,
    'account-form.test.ts': 14,
    'first-key.test.ts': 14,
    'secrets.test.ts': 14,
  }),
)
/** How long the others take, s. */
const USUAL = 6

/** @param {string} file */
export const secondsOf = (file) => LONG.get(basename(file)) ?? USUAL

/**
 * Splits test files into parts that take about the same time. The order of the files does not matter, so that each part
 * can be found without the others.
 * @param {readonly string[]} files
 * @param {number} count
 * @returns {string[][]}
 */
export function evenParts(files, count) {
  const weighed = files.map((file) => ({ file, weight: secondsOf(file), rank: rankOf(file) }))
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
