import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { mainOf, runInsideDesktop } from './inside-desktop.mjs'

/** Measures the tray app against its budgets: `npm run bench:ui`. */
await runInsideDesktop(fileURLToPath(import.meta.url), async (electron) => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { seconds: { type: 'string', default: '60' }, runs: { type: 'string', default: '7' } },
  })
  const { bench } = /** @type {typeof import('../bench/main.ts')} */ (await mainOf('bench'))
  return bench({
    electron,
    seconds: Number(values.seconds),
    runs: Number(values.runs),
    only: positionals,
    say: (line) => console.log(line),
  })
})
