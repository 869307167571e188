/** Build plugin that writes down what the pages are made of, for `tests/bundle-sizes.test.ts`. */

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The file's name in `dist/`. No page asks for it. */
export const PAGE_SIZES = 'page-sizes.json'

/** @returns {import('vite').Plugin} */
export function pageSizes() {
  return {
    name: 'page-sizes',
    applyToEnvironment: ({ name }) => name === 'client',
    async writeBundle({ dir }, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
      const built = chunks.map(({ fileName, code, imports, dynamicImports, modules }) => ({
        file: fileName,
        // Minified by now.
        bytes: Buffer.byteLength(code),
        // Those that load with it, and those that load later.
        imports: [...imports, ...dynamicImports],
        // Paths of files, and names of modules that the bundler made up.
        modules: Object.keys(modules),
      }))
      await writeFile(join(dir ?? '', '..', PAGE_SIZES), JSON.stringify(built, null, 2))
    },
  }
}
