import { join, relative } from 'node:path'
import { runMain, say } from './messages.mjs'
import { ensurePackages } from './packages.mjs'

/** Makes the site of the docs: `npm run docs`. */
await runMain(async () => {
  await ensurePackages()
  // Loaded here, because a first run has no packages yet.
  const { makeSite, SITE } = await import('./docs-site.mjs')
  const count = makeSite(SITE)
  say(`${count} pages: ${join(relative(process.cwd(), SITE), 'index.html')}`)
  return 0
})
