import { fileURLToPath } from 'node:url'
import { mainOf, runInsideDesktop } from './inside-desktop.mjs'

/** Takes pictures of every state of every page: `npm run gallery`. */
await runInsideDesktop(fileURLToPath(import.meta.url), async (executablePath) => {
  const { gallery } = /** @type {typeof import('../gallery/main.ts')} */ (await mainOf('gallery'))
  return gallery({ executablePath, args: process.argv.slice(2), say: (line) => console.log(line) })
})
