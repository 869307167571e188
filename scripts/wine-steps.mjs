import { reasonOf, say } from './messages.mjs'

/** @typedef {(name: string, check: () => Promise<void>) => Promise<boolean>} Step whether it went well */

/**
 * Runs steps that are checked one by one, and prints the result of each. A failed step does not stop the
 * next.
 * @param {string} title
 * @param {(step: Step) => Promise<void>} walk
 * @returns {Promise<boolean>} whether every step went well
 */
export async function walkThrough(title, walk) {
  const begun = performance.now()
  let [passed, failed] = [0, 0]
  await walk(async (name, check) => {
    try {
      await check()
      passed++
      say(`  ok ${name}`)
      return true
    } catch (error) {
      failed++
      say(`  FAILED ${name}: ${reasonOf(error)}`)
      return false
    }
  })
  const seconds = Math.round((performance.now() - begun) / 1000)
  say(`${title}: ${passed} steps passed, ${failed} failed in ${seconds} s`)
  return passed > 0 && failed === 0
}
