// The shapes of the tray icon: the tray of the app's icon, and in it the state of the accounts.

const GREY = '#7d838c'
const AMBER = '#c77a0a'
const RED = '#e0483e'

/** The tray, on a grid of 16. */
const tray = stroked('M2 10v1.5a2.5 2.5 0 0 0 2.5 2.5h7a2.5 2.5 0 0 0 2.5-2.5v-1.5', 2)
const tick = (/** @type {string} */ path) => stroked(path, 2.2)
const bang =
  '<path d="M6.5.5h3l-.5 6h-2z" fill="currentColor"/><circle cx="8" cy="9.3" r="1.5" fill="currentColor"/>'

/**
 * Each picture: its colour and what it shows. Only what needs the user is coloured, as the icon stands beside those of
 * other programs all day.
 * @type {Readonly<Record<string, { colour: string, shape: string }>>}
 */
export const trayPictures = {
  none: { colour: GREY, shape: tray },
  missing: {
    colour: GREY,
    shape: tray + '<circle cx="8" cy="5.4" r="3.2" fill="none" stroke="currentColor" stroke-width="2"/>',
  },
  working: {
    colour: GREY,
    shape:
      tray +
      stroked('M3.6 6.6a4.6 4.6 0 0 1 7.9-3.2', 2) +
      '<path d="M13.6 1v5.4h-5.4z" fill="currentColor"/>',
  },
  ready: { colour: GREY, shape: tray + tick('M4 5.5 7 8.5 12.4 2.2') },
  ending: {
    colour: GREY,
    shape: tray + tick('M6 5.8 8.4 8.2 13.2 2.6') + `<circle cx="2.8" cy="2.8" r="2.1" fill="${AMBER}"/>`,
  },
  caution: { colour: AMBER, shape: tray + bang },
  attention: { colour: RED, shape: tray + bang },
  copied: { colour: GREY, shape: stroked('M2 8.6 6.2 12.8 14 3.4', 2.8) },
}

/** @param {string} path @param {number} width */
function stroked(path, width) {
  return `<path d="${path}" fill="none" stroke="currentColor" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`
}

/**
 * Returns a picture as SVG.
 * @param {string} name
 * @param {boolean} isTemplate whether it is black alone, as macOS colours it by itself
 */
export function traySvg(name, isTemplate) {
  const { colour, shape } = trayPictures[name] ?? { colour: GREY, shape: '' }
  const drawn = isTemplate ? shape.replaceAll(/#[0-9a-f]{6}/g, '#000000') : shape
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" color="${isTemplate ? '#000000' : colour}">${drawn}</svg>`
}
