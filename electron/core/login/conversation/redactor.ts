import { base64Of } from '../../bytes.ts'
import type { HttpReply, HttpRequest } from '../../ports.ts'
import { Secret } from '../../secret.ts'
import { cleanWords } from '../../brokers/kit/clean-text.ts'

/**
 * Shorter values are no key to anything, and ones with spaces are sentences: words that a broker may well want to
 * say.
 */
const looksLikeKey = (value: string): boolean => /^\S{16,}$/.test(value)

/** What was said in confidence in one conversation, so that none of it is shown when the broker repeats it. */
export class Redactor {
  readonly #values = new Map<string, Secret>()
  readonly #open: ReadonlySet<string>

  /** @param open what is no secret and may be repeated, such as an API key */
  constructor(open: Iterable<string>) {
    this.#open = new Set(open)
  }

  /** Learns a value whatever it looks like, and its base64, in which some login pages send a PIN. */
  add(value: Secret): void {
    const base64 = base64Of(value.reveal())
    for (const spelling of [value.reveal(), base64]) this.#values.set(spelling, new Secret(spelling))
  }

  learnCookie(value: string): void {
    this.#learnKeys([value])
  }

  /** Learns the keys and single-use tokens that a request carries. */
  learnRequest({ form = {}, json, url }: HttpRequest): void {
    this.#learnKeys(url.searchParams.values())
    this.#learnKeys(Object.values(form))
    if (json !== undefined) this.#learnKeys(textsIn(JSON.stringify(json)))
  }

  /** Learns what a reply hands out: in its redirect, and in its body when it is no refusal. */
  learnReply({ body, headers, status }: HttpReply, url: URL): void {
    const location = headers.get('location') ?? ''
    if (URL.canParse(location, url)) this.#learnKeys(new URL(location, url).searchParams.values())
    if (status < 400) this.#learnKeys(textsIn(body))
  }

  /** A broker's words made fit to show. */
  redact(words: string): string {
    return cleanWords(words, this.#values.values())
  }

  #learnKeys(values: Iterable<string>): void {
    for (const value of values) {
      if (looksLikeKey(value) && !this.#open.has(value)) this.add(new Secret(value))
    }
  }
}

/**
 * The texts in JSON that hold nothing which JSON would write in another way, as keys do. Every text is read to its
 * end: one that was given up half-way would have its closing quote taken for the next one's beginning.
 */
function textsIn(json: string): string[] {
  const texts = [...json.matchAll(/"((?:\\.|[^"\\])*)"/gs)].map(([, text = '']) => text)
  return texts.filter((text) => !text.includes('\\'))
}
