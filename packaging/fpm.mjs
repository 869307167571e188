#!/usr/bin/env node
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * Stands in for fpm, by which electron-builder makes Debian packages, and whose builds electron-builder would
 * download. Understands the options that electron-builder gives, and does the work with dpkg-deb.
 */

/** Options without a value. */
const SWITCHES = new Set(['--force', '--debug'])

/**
 * Reads fpm's arguments.
 * @param {readonly string[]} args
 * @returns {{ options: Map<string, string[]>, mappings: [from: string, to: string][] }}
 */
export function parseFpm(args) {
  /** @type {Map<string, string[]>} */
  const options = new Map()
  /** @type {[string, string][]} */
  const mappings = []
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? ''
    if (!arg.startsWith('-')) {
      const [from = '', to = ''] = arg.split('=')
      mappings.push([from, to])
    } else if (!SWITCHES.has(arg)) {
      options.set(arg, [...(options.get(arg) ?? []), args[++index] ?? ''])
    }
  }
  return { options, mappings }
}

/**
 * Returns the control file (https://www.debian.org/doc/debian-policy/ch-controlfields.html).
 * @param {Map<string, string[]>} options
 * @param {number} kilobytes what the package takes on the disk
 * @returns {string}
 */
export function controlFile(options, kilobytes) {
  /** @param {string} name */
  const list = (name) => (options.get(name) ?? []).filter((value) => value !== '').join(', ')
  const [synopsis = '', ...more] = list('--description').split('\n')
  const fields = {
    Package: list('--name'),
    Version: list('--version'),
    Section: list('--category'),
    Priority: list('--deb-priority'),
    Architecture: list('--architecture'),
    Depends: list('-d'),
    Recommends: list('--deb-recommends'),
    'Installed-Size': String(kilobytes),
    Maintainer: list('--maintainer'),
    // A name that ends so leads nowhere (RFC 2606).
    Homepage: list('--url').replace(/^.*\.invalid$/, ''),
    Description: [synopsis.trim(), ...more.map((line) => ` ${line.trim()}`)].join('\n'),
  }
  return Object.entries(fields)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('')
}

/** @param {readonly string[]} args */
function makeDeb(args) {
  const { options, mappings } = parseFpm(args)
  /** @param {string} name */
  const option = (name) => options.get(name)?.[0] ?? ''
  if (option('-t') !== 'deb') throw new Error(`This stand-in for fpm makes no ${option('-t')} package.`)
  const tree = mkdtempSync(join(tmpdir(), 'tokentray-deb-'))
  try {
    for (const [from, to] of mappings) {
      // A slash at the end means what is in the folder, as for fpm.
      const target = join(tree, to)
      mkdirSync(dirname(target), { recursive: true })
      cpSync(from, target, { recursive: true, verbatimSymlinks: true })
    }
    // electron-builder's profile for AppArmor, which nothing here installs.
    rmSync(join(tree, 'opt', 'TokenTray', 'resources', 'apparmor-profile'), { force: true })
    execFileSync('chmod', ['-R', 'u=rwX,go=rX', tree])
    const kilobytes = Number(
      execFileSync('du', ['-sk', '--apparent-size', tree], { encoding: 'utf8' }).split('\t')[0],
    )
    const control = join(tree, 'DEBIAN')
    mkdirSync(control)
    writeFileSync(join(control, 'control'), controlFile(options, kilobytes))
    writeFileSync(join(control, 'md5sums'), md5sums(tree))
    for (const [name, script] of [
      ['postinst', option('--after-install')],
      ['postrm', option('--after-remove')],
    ]) {
      if (!name || !script) continue
      cpSync(script, join(control, name))
      chmodSync(join(control, name), 0o755)
    }
    const compression = `-Z${option('--deb-compression') || 'xz'}`
    const out = option('--package')
    execFileSync('dpkg-deb', ['--build', '--root-owner-group', compression, tree, out], { stdio: 'inherit' })
  } finally {
    rmSync(tree, { recursive: true, force: true })
  }
}

/**
 * Returns the checksums by which `dpkg --verify` finds changed files.
 * @param {string} tree
 */
function md5sums(tree) {
  const listing = ['find', '.', '-path', './DEBIAN', '-prune', '-o', '-type', 'f', '-print0']
  const [program = '', ...args] = listing
  const files = execFileSync(program, args, { cwd: tree, encoding: 'utf8' })
    .split('\0')
    .filter(Boolean)
    .sort()
  return files
    .map((file) => {
      const sum = createHash('md5').update(readFileSync(join(tree, file)))
      return `${sum.digest('hex')}  ${file.slice(2)}\n`
    })
    .join('')
}

if (process.argv[1] && pathToFileURL(process.argv[1]).href === import.meta.url) makeDeb(process.argv.slice(2))
