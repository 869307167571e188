import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runMain, say, SetupProblem } from './messages.mjs'
import { ensurePackages } from './packages.mjs'
import { root, run } from './processes.mjs'
import { makeReleaseFiles } from './release-files.mjs'
import { notesOf } from './release-notes.mjs'

const RELEASE = join(root, 'release')
const NOTES = join(RELEASE, 'notes.md')

/**
 * Makes what a release has beside its packages, or, with `draft`, hands it all to GitHub as a draft.
 * The tag is GITHUB_REF_NAME, as a workflow has it, or v and the version.
 */
await runMain(async () => {
  const [command = 'files', ...others] = process.argv.slice(2)
  if (!['files', 'draft'].includes(command) || others.length > 0) {
    throw new SetupProblem('Use: npm run release, or npm run release -- draft')
  }
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const tag = process.env['GITHUB_REF_NAME'] || `v${version}`
  // First, because a wrong tag makes all else useless.
  const notes = notesOf({ changelog: readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), tag, version })
  await ensurePackages()
  const files = await makeReleaseFiles(RELEASE, version)
  writeFileSync(NOTES, notes)
  say(`Made release/notes.md and, for ${files.length - 2} packages, ${files.slice(-2).join(' and ')}.`)
  if (command === 'files') return 0
  const paths = files.map((file) => join(RELEASE, file))
  // A draft: a person looks at it and publishes it.
  return run('gh', [
    'release',
    'create',
    tag,
    '--draft',
    '--verify-tag',
    '--title',
    tag,
    '--notes-file',
    NOTES,
    ...paths,
  ])
})
