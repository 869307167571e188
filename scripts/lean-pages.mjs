/** Build plugins that remove unused code from the pages. A page may have 250 KB, and React alone takes 219. */

const REACT_CLIENT = 'react-dom-client.production.js'
const PRELOAD_HELPER = '\0vite/preload-helper.js'

/**
 * Replaces a pattern that must occur exactly `times` times, because another version of React needs a new
 * review.
 * @param {string} code
 * @param {RegExp} pattern
 * @param {string} replacement
 * @param {number} times
 */
function replaced(code, pattern, replacement, times) {
  const found = code.match(pattern)?.length ?? 0
  if (found !== times) throw new Error(`${REACT_CLIENT} has ${pattern} ${found} times and not ${times}.`)
  return code.replace(pattern, replacement)
}

/**
 * Makes React's flag for server-rendered pages a constant, because no server renders these pages.
 * The minifier then drops the code behind the flag.
 * @param {string} code of react-dom's client
 */
export function withoutHydration(code) {
  let lean = replaced(code, /\nexports\.hydrateRoot = function[^]*?\n\};/g, '', 1)
  // A parameter of one function has the same name.
  lean = replaced(lean, /,\n {2}isHydrating\n\)/g, ',\n  wasHydrating\n)', 1)
  lean = replaced(lean, / {2}isHydrating = !1,/g, '  wasHydrating_ = !1,', 1)
  lean = replaced(lean, /\bisHydrating = !0/g, 'void 0', 5)
  lean = replaced(lean, /\bisHydrating = !1/g, 'void 0', 1)
  return lean.replace(/\bisHydrating\b(?!\$)/g, '(!1)')
}

/** @returns {import('vite').Plugin[]} */
export function leanPages() {
  return [
    {
      name: 'without-hydration',
      transform: (code, id) => (id.endsWith(REACT_CLIENT) ? withoutHydration(code) : null),
    },
    {
      // The pages come from the disk, so preloading later imports, styles included, gains nothing.
      name: 'plain-imports',
      enforce: 'post',
      transform: (_code, id) =>
        id === PRELOAD_HELPER ? 'export const __vitePreload = (load) => load()' : null,
    },
  ]
}
