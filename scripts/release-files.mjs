import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packagesIn } from './installers.mjs'
import { SetupProblem } from './messages.mjs'
import { writeSbom } from './sbom.mjs'

const SUMS = 'SHA256SUMS'

/**
 * Writes the checksums of packages, as `sha256sum --check` reads them.
 * @param {string} release
 * @param {readonly string[]} files
 */
export function writeSums(release, files) {
  const lines = files.map((file) => {
    const sum = createHash('sha256').update(readFileSync(join(release, file)))
    return `${sum.digest('hex')}  ${file}\n`
  })
  writeFileSync(join(release, SUMS), lines.join(''))
}

/**
 * Writes what goes with a release's packages: the list of what they are made of (CycloneDX) and the checksums of all.
 * @param {string} release the folder that holds the packages
 * @param {string} version
 * @returns {Promise<string[]>} every file of the release
 */
export async function makeReleaseFiles(release, version) {
  const packages = packagesIn(release).map(({ file }) => file)
  if (packages.length === 0) throw new SetupProblem(`${release} has no packages.`)
  const parts = `tokentray-${version}.cdx.json`
  await writeSbom(join(release, parts))
  const files = [...packages, parts]
  writeSums(release, files)
  return [...files, SUMS]
}
