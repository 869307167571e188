import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './processes.mjs'

/**
 * Returns the name of the package that a module is of; undefined for our own.
 * @param {string} id of the bundler
 * @returns {string | undefined}
 */
export function packageOf(id) {
  const [, name] = /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(id) ?? []
  return name?.replace('\\', '/')
}

/**
 * Returns a licence's text: what the package has, and what `assets/licenses` has besides for what is built into it.
 * Throws for a package without any, because it must not be handed on then.
 * @param {string} name
 * @returns {string}
 */
export function licenceOf(name) {
  const folder = join(root, 'node_modules', name)
  const own = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
  const added = join(root, 'assets', 'licenses', `${name.replace('/', '+')}.txt`)
  const texts = own.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim())
  if (existsSync(added)) texts.push(readFileSync(added, 'utf8').trim())
  if (texts.length === 0) throw new Error(`The package ${name} is built in and has no licence text.`)
  return texts.join('\n\n')
}

/**
 * Collects the packages that come into any bundle, and writes their licences into one file.
 * @returns {{ plugin: import('vite').Plugin, write: (file: string) => Promise<void> }}
 */
export function bundledPackages() {
  /** @type {Set<string>} */
  const names = new Set()
  return {
    plugin: {
      name: 'bundled-packages',
      // One for all bundles, which are otherwise built with a plugin each.
      sharedDuringBuild: true,
      generateBundle(_options, bundle) {
        for (const part of Object.values(bundle)) {
          if (part.type !== 'chunk') continue
          for (const id of part.moduleIds) {
            const name = packageOf(id)
            if (name !== undefined) names.add(name)
          }
        }
      },
    },
    write: async (file) => {
      // Not bundled, because it is native, and shipped beside.
      const parts = [...names, 'keytar'].sort().map((name) => {
        const { license, version } = JSON.parse(
          readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'),
        )
        return `## ${name} ${version} (${license})\n\n${licenceOf(name)}\n`
      })
      await writeFile(file, `# What TokenTray is made of, beside Electron\n\n${parts.join('\n')}`)
    },
  }
}
