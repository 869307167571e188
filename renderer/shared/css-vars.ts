import type { CSSProperties } from 'react'

/** Custom properties for React's `style` prop, which sets them through the CSSOM and so needs no inline style. */
export function cssVars(vars: Record<`--${string}`, string>): CSSProperties {
  return vars
}
