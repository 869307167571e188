import { openTokenFile } from '../../../electron/cli/token/token-file.ts'
import { LockFiles } from '../../../electron/adapters/lock-files.ts'
import { quickClock } from './quick-clock.ts'

/** `DIR FILE NAME TIMES`: writes NAME into a dotenv file TIMES times, each time with the next number. */
const [dir = '', file = '', name = '', times = '0'] = process.argv.slice(2)
const locks = new LockFiles(dir, quickClock)

for (let time = 1; time <= Number(times); time++) {
  const tokens = await openTokenFile(file, { format: 'dotenv', replace: false, envs: [name], locks })
  await tokens.write([{ field: 'access_token', env: name, value: String(time) }], '')
}
