// Renders the SVG sources to the PNGs that the app ships. Run it after changing a source: node assets/make-icons.mjs
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const assets = import.meta.dirname
const tray = path.join(assets, 'tray')
const work = mkdtempSync(path.join(tmpdir(), 'icons-'))

/** @param {string} svg @param {number} size side in px @param {string} png where to write it */
function render(svg, size, png) {
  const source = path.join(work, 'icon.svg')
  writeFileSync(source, svg)
  execFileSync('rsvg-convert', ['--width', String(size), '--height', String(size), '--output', png, source])
}

// macOS colours a template image itself, from its opacity alone.
const asTemplate = (/** @type {string} */ svg) => svg.replace(/ color="#[0-9a-f]{6}"/, ' color="#000000"')

/** @param {string} state */
function renderTray(state) {
  const drawn = (/** @type {number} */ grid) =>
    readFileSync(path.join(tray, 'src', `${state}-${grid}.svg`), 'utf8')
  const out = (/** @type {string} */ name) => path.join(tray, `${state}${name}.png`)
  // 22 for Linux panels; 16 for Windows; the same as template for macOS.
  render(drawn(22), 22, out(''))
  render(drawn(22), 44, out('@2x'))
  render(drawn(16), 16, out('-16'))
  render(drawn(16), 32, out('-16@2x'))
  render(asTemplate(drawn(16)), 16, out('Template'))
  render(asTemplate(drawn(16)), 32, out('Template@2x'))
}

try {
  execFileSync('rsvg-convert', ['--version'])
} catch {
  console.error(
    'rsvg-convert is missing. Debian/Ubuntu: apt-get install librsvg2-bin · macOS: brew install librsvg',
  )
  process.exit(1)
}

try {
  for (const state of ['none', 'ready', 'working', 'attention']) renderTray(state)
  render(readFileSync(path.join(assets, 'icon.svg'), 'utf8'), 512, path.join(assets, 'icon.png'))
} finally {
  rmSync(work, { recursive: true })
}
