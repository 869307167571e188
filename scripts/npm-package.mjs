import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { say, SetupProblem } from './messages.mjs'
import { npm, root } from './processes.mjs'

/** Matches the chunks and programs that a file of the command line loads, now or later. */
const LOADED = /["'`](\.{1,2}\/[\w./-]+\.js)["'`]/g

/**
 * Returns the files of the command line: its program, the reader of QR codes, and whatever they load.
 * @param {string} dist
 * @returns {Set<string>} paths below dist, with slashes
 */
export function commandLineFiles(dist) {
  const found = new Set()
  /** @param {string} file */
  const add = (file) => {
    if (found.has(file)) return
    if (!existsSync(join(dist, file))) throw new SetupProblem(`dist/ lacks ${file}.`)
    found.add(file)
    for (const [, loaded = ''] of readFileSync(join(dist, file), 'utf8').matchAll(LOADED)) {
      add(join(dirname(file), loaded).replaceAll('\\', '/'))
    }
  }
  add('cli.js')
  add('qr-reader.js')
  return found
}

/**
 * Returns the package.json of the command line's own package, made of the checkout's.
 * @param {{ dependencies: { keytar: string } } & Record<string, unknown>} ours
 * @returns {Record<string, unknown>}
 */
export function manifestOf({ name, version, license, author, homepage, repository, engines, dependencies }) {
  return {
    name,
    version,
    description: 'Access tokens and TOTP codes for Indian brokers, from the command line',
    license,
    author,
    ...(homepage ? { homepage } : {}),
    ...(repository ? { repository } : {}),
    type: 'module',
    bin: { tokentray: 'dist/cli.js' },
    engines,
    // All else is built in.
    dependencies: { keytar: dependencies.keytar },
  }
}

/**
 * Makes the folder of the command line's npm package, and packs it.
 * @param {string} release the folder for packages
 * @returns {Promise<string>} the path of the tarball
 */
export async function makeNpmPackage(release) {
  const ours = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const folder = join(release, 'npm')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const dist = join(root, 'dist')
  for (const file of commandLineFiles(dist)) cpSync(join(dist, file), join(folder, 'dist', file))
  cpSync(join(dist, 'licenses.md'), join(folder, 'licenses.md'))
  cpSync(join(root, 'packaging', 'npm-readme.md'), join(folder, 'README.md'))
  cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'))
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifestOf(ours), null, 2)}\n`)
  const packed = await npm(['pack', '--ignore-scripts', '--loglevel=error', '--pack-destination', release], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (packed !== 0) throw new SetupProblem('npm pack failed: see its message above.')
  const tarball = join(release, `${ours.name}-${ours.version}.tgz`)
  say(`Made ${tarball}`)
  return tarball
}
