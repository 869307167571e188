import path from 'node:path'
import { LockFiles } from '../../../electron/adapters/lock-files.ts'
import { StateFile } from '../../../electron/adapters/state-file.ts'
import { quickClock } from './quick-clock.ts'

/** `DIR KEY TIMES`: counts KEY up in the state in DIR, and prints each number once it is saved. */
const [dir = '', key = '', times = '1'] = process.argv.slice(2)
const file = await StateFile.open(dir, new LockFiles(path.join(dir, 'locks'), quickClock), quickClock)

for (let time = 0; time < Number(times); time++) {
  const { practicePorts } = await file.update((state) => ({
    ...state,
    practicePorts: {
      ...state.practicePorts,
      [key]: { count: (state.practicePorts[key]?.['count'] ?? 0) + 1 },
    },
  }))
  process.stdout.write(`${String(practicePorts[key]?.['count'])}\n`)
}
