import type { CSSProperties } from 'react'

/** Types custom properties for React's `style` prop, which sets them through the CSSOM without inline styles. */
export function cssVars(vars: Record<`--${string}`, string>): CSSProperties {
  return vars
}
