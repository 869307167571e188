import path from 'node:path'

/**
 * Returns how the user called this program, so that hints can be pasted: `npx --no tokentray` in a checkout.
 * @param program the path by which Node was started
 */
export function callOf(env: NodeJS.ProcessEnv, program = ''): string {
  // https://docs.npmjs.com/cli/using-npm/scripts: npx runs a program as the script of that name.
  const isNpx = env['npm_lifecycle_event'] === 'npx' && path.basename(path.dirname(program)) === '.bin'
  return isNpx ? 'npx --no tokentray' : 'tokentray'
}

/** Matches a call of this program in a text: its name, a space, and a command or an option. */
const CALL = /(?<![\w./@-])tokentray (?=[a-z-]|[A-Z]{2,}|…)/g

/** Spells the calls of this program in a text as the user calls it. */
export const asCalled = (text: string, call: string): string =>
  call === 'tokentray' ? text : text.replaceAll(CALL, `${call} `)
