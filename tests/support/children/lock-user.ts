import { readFile, writeFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { LockFiles } from '../../../electron/adapters/lock-files.ts'
import { quickClock } from './quick-clock.ts'

/**
 * `count DIR FILE ROUNDS`: adds 1 to the number in FILE ROUNDS times, each time under the lock.
 * `hold DIR`: takes the lock, prints "held", releases it at the next line of input and prints "free".
 */
const [task = '', dir = '', file = '', rounds = '0'] = process.argv.slice(2)
const locks = new LockFiles(dir, quickClock)
const never = new AbortController().signal

if (task === 'count') {
  for (let round = 0; round < Number(rounds); round++) {
    const release = await locks.acquire('shared', never)
    await writeFile(file, String(Number(await readFile(file, 'utf8')) + 1))
    await release()
  }
} else {
  const release = await locks.acquire('shared', never)
  process.stdout.write('held\n')
  const lines = createInterface({ input: process.stdin })
  lines.once('line', () => {
    void release().then(() => {
      process.stdout.write('free\n')
      lines.close()
    })
  })
}
