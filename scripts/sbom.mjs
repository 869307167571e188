import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { temporaryFolder } from './cleanup.mjs'
import { npmOutput, root } from './processes.mjs'

/**
 * Writes the list of what is shipped, in CycloneDX: https://docs.npmjs.com/cli/commands/npm-sbom
 * The list is made of a lockfile without development's packages, because `--omit=dev` also leaves out those that
 * development needs too.
 * @param {string} file
 */
export async function writeSbom(file) {
  const work = temporaryFolder(join(tmpdir(), 'tokentray-sbom-'))
  try {
    for (const name of ['package.json', 'package-lock.json']) {
      const json = JSON.parse(readFileSync(join(root, name), 'utf8'))
      const shipped = Object.entries(json.packages ?? {}).filter(([, one]) => !one.dev)
      const packages = shipped.map(([folder, one]) => [folder, { ...one, devDependencies: undefined }])
      const lean = { ...json, devDependencies: undefined, packages: Object.fromEntries(packages) }
      writeFileSync(join(work.path, name), JSON.stringify(lean))
    }
    const options = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only']
    const list = JSON.parse(await npmOutput(options, work.path))
    // npm takes the name of the folder.
    list.metadata.component.name = 'tokentray'
    writeFileSync(file, JSON.stringify(list))
  } finally {
    work.remove()
  }
}
