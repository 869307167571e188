import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { mainOf, runInsideDesktop } from './inside-desktop.mjs'

/** Starts and quits the app again and again: `npm run soak:quit`. */
await runInsideDesktop(fileURLToPath(import.meta.url), async (electron) => {
  const { values } = parseArgs({ options: { times: { type: 'string', default: '100' } } })
  const { soakQuit } = /** @type {typeof import('../bench/main.ts')} */ (await mainOf('bench'))
  return soakQuit({ electron, times: Number(values.times), say: (line) => console.log(line) })
})
