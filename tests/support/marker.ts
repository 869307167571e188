/** Holds a secret value and finds it in any content: as text, UTF-16, base64 at any offset, or hex. */
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
      // The first and last characters also depend on the adjacent bytes.
      return Buffer.from(text.slice(4, -4))
    })
    this.#forms = [plain, Buffer.from(value, 'utf16le'), Buffer.from(plain.toString('hex')), ...base64]
  }

  isIn(place: string | Buffer): boolean {
    const bytes = typeof place === 'string' ? Buffer.from(place) : place
    return this.#forms.some((form) => bytes.includes(form))
  }
}

/** Returns each find with its place, such as `password in state.json`. */
export function finds(markers: readonly Marker[], places: ReadonlyMap<string, string | Buffer>): string[] {
  return [...places].flatMap(([place, content]) =>
    markers.filter((marker) => marker.isIn(content)).map(({ name }) => `${name} in ${place}`),
  )
}
