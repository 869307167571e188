import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Build plugin that keeps the licences of the packages that are built into the programs. */

/** Matches the path of a package's folder, for scoped and plain names, within the path of a module. */
const PACKAGE = /^(.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+))[\\/]/
const LICENCE = /^(licen[cs]e|copying)(\.(md|txt))?$/i

/**
 * Returns the folders of the packages that modules belong to, by name.
 * @param {Iterable<string>} modules paths
 * @returns {Map<string, string>}
 */
export function packagesOf(modules) {
  const found = new Map()
  for (const path of modules) {
    // Virtual modules begin with a null byte, and a query may follow a path.
    const [, folder, name] = PACKAGE.exec(path.replace(/^\0/, '').replace(/\?.*$/, '')) ?? []
    if (folder && name) found.set(name.replaceAll('\\', '/'), folder)
  }
  return found
}

/**
 * Returns a package's licence: its name, version and licence's name, then the text.
 * @param {string} folder of the package
 * @returns {string}
 */
export function licenceIn(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find((entry) => LICENCE.test(entry))
  // A package without a file names its licence alone.
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : ''
  return `${name} ${version}: ${license}\n\n${text}`.trim() + '\n'
}

/**
 * Writes one file for each package, into a folder for each program.
 * @returns {import('vite').Plugin}
 */
export function licences() {
  return {
    name: 'licences',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
      for (const [name, folder] of packagesOf(chunks.flatMap((chunk) => chunk.moduleIds))) {
        const fileName = `licences/${this.environment.name}/${name.replace('/', '-')}.txt`
        this.emitFile({ type: 'asset', fileName, source: licenceIn(folder) })
      }
    },
  }
}
