import { fileURLToPath } from 'node:url'
import { mainOf, runInsideDesktop } from './inside-desktop.mjs'

/** Takes pictures of every state of every page: `npm run gallery`. */
await runInsideDesktop(fileURLToPath(import.meta.url), async (executablePath) => {
  const { gallery } = /** @type {typeof import('../gallery/main.ts')} */ (await mainOf('gallery'))
  const { build } = await import('./build.mjs')
  return gallery({ executablePath, args: process.argv.slice(2), build, say: (line) => console.log(line) })
})
