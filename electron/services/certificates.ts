import type { TrustedCertificate } from '../adapters/ca-file.ts'
import type { Clock } from '../core/ports.ts'

export type { TrustedCertificate }

/** Keeps the certificates that a profile trusts beside the system's. Its adapter is loaded when first used. */
export class Certificates {
  readonly #file: string
  readonly #clock: Clock

  /** @param file `Network.caFile` */
  constructor(file: string, clock: Clock) {
    this.#file = file
    this.#clock = clock
  }

  async list(): Promise<readonly TrustedCertificate[]> {
    const { readTrusted } = await import('../adapters/ca-file.ts')
    return readTrusted(this.#file)
  }

  /**
   * Adds the certificates in `text`, which is PEM, and returns those that were not trusted before.
   * @throws InputError for `FILE` when it holds anything but certificates of authorities; then nothing is kept
   */
  async add(text: string): Promise<readonly TrustedCertificate[]> {
    const { addTrusted } = await import('../adapters/ca-file.ts')
    return addTrusted(this.#file, text, this.#clock.now())
  }

  /**
   * Removes the one certificate whose fingerprint begins with `start`.
   * @throws InputError for `FINGERPRINT` when none or several do
   */
  async remove(start: string): Promise<TrustedCertificate> {
    const { removeTrusted } = await import('../adapters/ca-file.ts')
    return removeTrusted(this.#file, start)
  }
}
