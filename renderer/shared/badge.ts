const light = '#ffffff'
const dark = '#14171c'

function luminance(colour: string): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

/** Returns the WCAG contrast of two `#rrggbb` colours. */
export function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

/** Returns a badge's colours: the broker's own as background, and the more readable of two text colours. */
export function badgeColours(colour: string): { behind: string; front: string } {
  const behind = /^#[0-9a-f]{6}$/i.test(colour) ? colour : '#5b6472'
  return { behind, front: contrast(behind, light) >= contrast(behind, dark) ? light : dark }
}
