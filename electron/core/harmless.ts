/**
 * The characters that steer a terminal or a text's direction, or can't be seen: Unicode's controls, format characters
 * and separators of lines, the fillers, and the whole block of tags.
 */
const STEERING = String.raw`\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u034f\u115f\u1160\u2065\u3164\uffa0\u{e0000}-\u{e0fff}`

const steering = new RegExp(`[${STEERING}]+`, 'gu')
const steers = new RegExp(`[${STEERING}]`, 'u')
const steeringInLines = new RegExp(`(?:(?![\\n\\t])[${STEERING}])+`, 'gu')

/**
 * Makes a foreign text one line that is safe to show: a space, or `mark`, stands for what steers a terminal or can't be
 * seen.
 */
export const harmless = (text: string, mark = ' '): string => text.replace(steering, mark)

/** Tells whether a character steers a terminal or can't be seen. */
export const isSteering = (char: string): boolean => steers.test(char)

/** Makes a text that may have several lines and tabs safe to show. */
export const harmlessLines = (text: string): string => text.replace(steeringInLines, ' ')

/** Tells whether a text can stand in a header: printable ASCII without spaces at its ends. */
export const fitsHeader = (text: string): boolean => /^[!-~](?:[ -~]*[!-~])?$/.test(text)
