// Draws the SVG sources as the PNGs and ICOs of the app, inside Electron: npm run icons
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { app, BrowserWindow } from 'electron'
import { trayPictures, traySvg } from './tray-shapes.mjs'

const assets = import.meta.dirname
const tray = path.join(assets, 'tray')

/** The sizes that a Windows tray uses at 100, 125, 150, 200, 250 and 300 %. */
const windowsSizes = [16, 20, 24, 32, 40, 48]

/** The sizes in which Windows shows a program. */
const programSizes = [16, 24, 32, 48, 64, 128, 256]

/**
 * Runs in the page.
 *
 * @param {string} svg
 * @param {number} size
 */
async function drawInPage(svg, size) {
  const image = new Image(size, size)
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size })
  canvas.getContext('2d')?.drawImage(image, 0, 0, size, size)
  return canvas.toDataURL('image/png').replace(/^[^,]*,/, '')
}

/**
 * @param {BrowserWindow} page
 * @param {string} svg
 * @param {number} size side in px
 * @returns {Promise<Buffer>} a PNG
 */
async function draw({ webContents }, svg, size) {
  const sized = svg.replace('<svg ', `<svg width="${size}" height="${size}" `)
  const call = `(${drawInPage.toString()})(${JSON.stringify(sized)}, ${size})`
  return Buffer.from(/** @type {string} */ (await webContents.executeJavaScript(call)), 'base64')
}

/**
 * Returns an icon file of several sizes, each a PNG
 * (https://learn.microsoft.com/en-us/previous-versions/ms997538(v=msdn.10)).
 * @param {readonly { size: number, png: Buffer }[]} pictures
 */
function icoOf(pictures) {
  const HEADER = 6
  const ENTRY = 16
  const head = Buffer.alloc(HEADER + ENTRY * pictures.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let offset = head.length
  for (const [index, { size, png }] of pictures.entries()) {
    const at = HEADER + ENTRY * index
    // The format encodes 256 as 0.
    head.writeUInt8(size % 256, at)
    head.writeUInt8(size % 256, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(png.length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += png.length
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)])
}

/**
 * @param {BrowserWindow} page
 * @param {string} state
 */
async function drawTray(page, state) {
  const [svg, template] = [traySvg(state, false), traySvg(state, true)]
  const write = (/** @type {string} */ name, /** @type {Buffer} */ bytes) =>
    writeFileSync(path.join(tray, `${state}${name}`), bytes)
  // Electron gives a Linux panel only the larger picture, which scales to exactly half in the usual panel.
  write('.png', await draw(page, svg, 22))
  write('@2x.png', await draw(page, svg, 44))
  write('Template.png', await draw(page, template, 16))
  write('Template@2x.png', await draw(page, template, 32))
  const pictures = []
  for (const size of windowsSizes) pictures.push({ size, png: await draw(page, svg, size) })
  write('.ico', icoOf(pictures))
}

// Not awaited, because Electron is not ready before this file has run to its end.
void app.whenReady().then(async () => {
  const page = new BrowserWindow({ show: false })
  await page.loadURL('data:text/html,')
  for (const state of Object.keys(trayPictures)) await drawTray(page, state)
  const icon = readFileSync(path.join(assets, 'icon.svg'), 'utf8')
  writeFileSync(path.join(assets, 'icon.png'), await draw(page, icon, 512))
  const pictures = []
  for (const size of programSizes) pictures.push({ size, png: await draw(page, icon, size) })
  writeFileSync(path.join(assets, 'icon.ico'), icoOf(pictures))
  app.quit()
})
