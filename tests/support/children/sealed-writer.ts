import path from 'node:path'
import { LockFiles } from '../../../electron/adapters/lock-files.ts'
import { SealedKeychain } from '../../../electron/adapters/sealed-keychain.ts'
import { Secret } from '../../../electron/core/secret.ts'
import { quickClock } from './quick-clock.ts'

/**
 * `DIR PASSPHRASE KEY TIMES`: stores KEY/1, KEY/2, … in the sealed keychain in DIR, and prints each once it is
 * saved.
 */
const [dir = '', passphrase = '', key = '', times = '1'] = process.argv.slice(2)
const keychain = new SealedKeychain({
  file: path.join(dir, 'keychain.sealed'),
  locks: new LockFiles(path.join(dir, 'locks'), quickClock),
  ask: () => Promise.resolve(new Secret(passphrase)),
  cost: { N: 16, r: 8, p: 1 },
})

for (let time = 1; time <= Number(times); time++) {
  // Long enough that a kill can hit the middle of the write.
  await keychain.set(`${key}/${time}`, new Secret(`value ${time} `.repeat(2_000)))
  process.stdout.write(`${time}\n`)
}
