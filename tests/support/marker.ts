/**
 * A value that has no business outside the keychain, and finds itself in whatever it is looked for: as it is, as
 * UTF-16, as base64 wherever in a longer text it stands, as hex.
 */
export class Marker {
  readonly name: string
  readonly value: string
  readonly #forms: readonly Buffer[]

  constructor(name: string, value: string) {
    this.name = name
    this.value = value
    const plain = Buffer.from(value)
    const base64 = [0, 1, 2].map((shift) => {
      const text = Buffer.concat([Buffer.alloc(shift), plain]).toString('base64')
      // The ends also depend on what stands beside it.
      return Buffer.from(text.slice(4, -4))
    })
    this.#forms = [plain, Buffer.from(value, 'utf16le'), Buffer.from(plain.toString('hex')), ...base64]
  }

  isIn(place: string | Buffer): boolean {
    const bytes = typeof place === 'string' ? Buffer.from(place) : place
    return this.#forms.some((form) => bytes.includes(form))
  }
}

/** What was found where: `password in state.json`. */
export function finds(markers: readonly Marker[], places: ReadonlyMap<string, string | Buffer>): string[] {
  return [...places].flatMap(([place, content]) =>
    markers.filter((marker) => marker.isIn(content)).map(({ name }) => `${name} in ${place}`),
  )
}
