/**
 * Returns class names as one attribute. A component imports shared styles before its own, because of two rules that
 * weigh the same the later one counts.
 */
export const classes = (...names: readonly (string | undefined)[]): string => names.filter(Boolean).join(' ')
