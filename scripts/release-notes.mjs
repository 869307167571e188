import { SetupProblem } from './messages.mjs'

/**
 * Returns what the changelog says of a version, without its heading.
 * Throws SetupProblem when the tag is not the version of package.json, or nothing is written about it.
 * @param {{ changelog: string, tag: string, version: string }} from
 * @returns {string}
 */
export function notesOf({ changelog, tag, version }) {
  if (tag !== `v${version}`) {
    throw new SetupProblem(`The tag ${tag} is not v${version}, the version in package.json.`)
  }
  const sections = changelog.replaceAll('\r\n', '\n').split(/^## /m).slice(1)
  const heading = new RegExp(`^\\[?${version.replaceAll('.', '\\.')}\\]?(?: .*)?$`)
  const section = sections.find((text) => heading.test(text.slice(0, text.indexOf('\n'))))
  const notes = section?.slice(section.indexOf('\n')).trim()
  if (!notes) throw new SetupProblem(`CHANGELOG.md has no section “## ${version}”, or nothing in it.`)
  return `${notes}\n`
}
