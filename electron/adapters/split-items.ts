/** A store of texts by key, such as Windows' Credential Manager. */
export interface Items {
  get(key: string): Promise<string | null>
  set(key: string, text: string): Promise<void>
  delete(key: string): Promise<void>
}

/** The most bytes per item in Windows' Credential Manager: CRED_MAX_CREDENTIAL_BLOB_SIZE of wincred.h, 5 * 512. */
const MAX_BYTES = 2_560

/** Matches an item that names its parts. A text that happens to match is itself kept in a part. */
const HEAD = /^\u0001parts (\d{1,4}) ([\da-f-]{36})$/

/**
 * Keeps texts of any length in a store of short items. A long text is kept in parts, and the item under its key names
 * them. That item is written last and deleted first, so that a crash leaves the old text or none, never a mixture.
 */
export class SplitItems implements Items {
  readonly #items: Items

  constructor(items: Items) {
    this.#items = items
  }

  async get(key: string): Promise<string | null> {
    const text = await this.#items.get(key)
    const names = partsOf(key, text)
    if (names.length === 0) return text
    const parts = await Promise.all(names.map((name) => this.#items.get(name)))
    if (!parts.includes(null)) return parts.join('')
    // Reads again if another process has written a new text; otherwise parts are lost, and with them the text.
    const now = await this.#items.get(key)
    return now === text ? null : this.get(key)
  }

  async set(key: string, text: string): Promise<void> {
    const old = partsOf(key, await this.#items.get(key))
    const parts = split(text)
    if (parts.length === 1 && !HEAD.test(text)) await this.#items.set(key, text)
    else {
      const head = `\u0001parts ${parts.length} ${crypto.randomUUID()}`
      const names = partsOf(key, head)
      for (const [index, part] of parts.entries()) await this.#items.set(names[index] ?? '', part)
      await this.#items.set(key, head)
    }
    for (const name of old) await this.#items.delete(name)
  }

  async delete(key: string): Promise<void> {
    const names = partsOf(key, await this.#items.get(key))
    await this.#items.delete(key)
    for (const name of names) await this.#items.delete(name)
  }
}

/** Returns the keys of the parts that an item names; none when the item is a text. */
function partsOf(key: string, text: string | null): string[] {
  const [, count = '0', id = ''] = HEAD.exec(text ?? '') ?? []
  return Array.from({ length: Number(count) }, (_, index) => `${key}/${id}/${index + 1}`)
}

/** Cuts a text between characters into pieces that each fit into an item. */
function split(text: string): string[] {
  const pieces: string[] = []
  let piece = ''
  let bytes = 0
  for (const character of text) {
    const size = Buffer.byteLength(character)
    if (bytes + size > MAX_BYTES) {
      pieces.push(piece)
      piece = ''
      bytes = 0
    }
    piece += character
    bytes += size
  }
  return [...pieces, piece]
}
