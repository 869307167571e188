import { base64Of } from '../../bytes.ts'
import type { HttpReply, HttpRequest } from '../../ports.ts'
import { Secret } from '../../secret.ts'
import { redactWords } from '../../brokers/kit/clean-text.ts'
import { SecretFinder, type Work } from '../../brokers/kit/secret-finder.ts'

/** The most characters of keys that are learnt, and of a reply that are read for them. Real logins take a tenth. */
const MAX_LEARNT = 50_000
const MAX_READ = 200_000

/**
 * Shorter values are no key to anything, and ones with spaces are sentences: words that a broker may well want to
 * say.
 */
const looksLikeKey = (value: string): boolean => /^\S{16,}$/.test(value)

/** What was said in confidence in one conversation, so that none of it is shown when the broker repeats it. */
export class Redactor {
  readonly #values = new Set<string>()
  readonly #open: ReadonlySet<string>
  #finder: SecretFinder | null = null
  #learnt = 0
  /** Whether there was more to learn than is kept. Then everything that looks like a key is hidden. */
  #isFull = false

  /** @param open what is no secret and may be repeated, such as an API key */
  constructor(open: Iterable<string>) {
    this.#open = new Set(open)
  }

  /** Learns a value whatever it looks like, and its base64, in which some login pages send a PIN. */
  add(value: Secret): void {
    this.#values.add(value.reveal()).add(base64Of(value.reveal()))
    this.#finder = null
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
    if (status >= 400) return
    this.#learnKeys(textsIn(body.slice(0, MAX_READ)))
    if (body.length > MAX_READ) this.#overflow()
  }

  /** A broker's words made fit to show. */
  redact(words: string, work?: Work): string {
    this.#finder ??= new SecretFinder(this.#values, this.#isFull)
    return redactWords(words, this.#finder, work)
  }

  #learnKeys(values: Iterable<string>): void {
    for (const value of values) {
      if (!looksLikeKey(value) || this.#open.has(value) || this.#values.has(value)) continue
      if (this.#learnt + value.length > MAX_LEARNT) {
        this.#overflow()
        return
      }
      this.#learnt += value.length
      this.add(new Secret(value))
    }
  }

  #overflow(): void {
    this.#isFull = true
    this.#finder = null
  }
}

/**
 * Yields the texts in JSON that hold nothing which JSON would write in another way, as keys do. Every text is read to
 * its end: one that was given up half-way would have its closing quote taken for the next one's beginning. One without
 * a closing quote ends with the JSON, so that nothing is read twice.
 */
function* textsIn(json: string): Generator<string> {
  for (const [, text = ''] of json.matchAll(/"([^"\\]*(?:\\.[^"\\]*)*)(?:"|\\?$)/gs)) {
    if (!text.includes('\\')) yield text
  }
}
