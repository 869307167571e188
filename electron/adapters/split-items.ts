import { randomUUID } from 'node:crypto'

/** A store of short texts, such as Windows' Credential Manager. */
export interface Items {
  get(key: string): Promise<string | null>
  set(key: string, text: string): Promise<void>
  delete(key: string): Promise<void>
}

/** Windows' Credential Manager takes so many bytes per item: CRED_MAX_CREDENTIAL_BLOB_SIZE of wincred.h, 5 * 512. */
const MAX_BYTES = 2_560

/** An item that names its parts. A text that looks like one is kept in a part itself. */
const HEAD = /^\u0001parts (\d{1,4}) ([\da-f-]{36})$/

/**
 * Keeps texts of any length where items are short: a long one in parts, under names of their own, and an item under its
 * key that names them. That item is written last and deleted first, so that a crash in between leaves the old text or
 * none, never half of each.
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
    // Another process may have written a new text meanwhile; parts that are lost make none.
    const now = await this.#items.get(key)
    return now === text ? null : this.get(key)
  }

  async set(key: string, text: string): Promise<void> {
    const old = partsOf(key, await this.#items.get(key))
    const parts = split(text)
    if (parts.length === 1 && !HEAD.test(text)) await this.#items.set(key, text)
    else {
      const head = `\u0001parts ${parts.length} ${randomUUID()}`
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

/** The keys of the parts that an item names; none when it is a text itself. */
function partsOf(key: string, text: string | null): string[] {
  const [, count = '0', id = ''] = HEAD.exec(text ?? '') ?? []
  return Array.from({ length: Number(count) }, (_, index) => `${key}/${id}/${index + 1}`)
}

/** Pieces of a text that each fit, cut between characters; one when all of it does. */
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
