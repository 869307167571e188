import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { errorCode, InputError, LoginError } from '../core/errors.ts'
import { Secret } from '../core/secret.ts'
import { CREDENTIAL } from '../adapters/sealed-errors.ts'

// The printed systemd unit names the credential that is read here.
export { CREDENTIAL }

/**
 * Reads the passphrase that systemd provides to a service with `LoadCredential=` or `LoadCredentialEncrypted=`
 * (https://systemd.io/CREDENTIALS/); null without one.
 * @throws LoginError `keychain-locked` when it can't be read
 */
export async function credentialPassphrase(env: NodeJS.ProcessEnv): Promise<Secret | null> {
  const dir = env['CREDENTIALS_DIRECTORY']
  if (dir === undefined || dir === '') return null
  try {
    return await passphraseIn(await readFile(path.join(dir, CREDENTIAL)), CREDENTIAL)
  } catch (error) {
    const why = whyUnread(error)
    if (why === 'ENOENT') return null
    if (why === null) throw error
    throw new LoginError('keychain-locked', {
      message: `The systemd credential “${CREDENTIAL}” can’t be read: ${why}.`,
      next: 'See that it is UTF-8 text, and that the service runs as the user it was made for.',
      cause: error,
    })
  }
}

/** Says why the credential could not be read; null for a bug. */
function whyUnread(error: unknown): string | null {
  if (error instanceof InputError) return `it ${Object.values(error.errors).join('; ')}`
  return errorCode(error)
}

/**
 * Reads a passphrase from the bytes of a file or pipe, without the line break at its end.
 * @throws InputError for `input` when the bytes are not text
 */
export async function passphraseIn(bytes: Uint8Array, input: string): Promise<Secret> {
  // Loaded when first used, because few profiles have a passphrase.
  const { readText } = await import('../core/text.ts')
  return new Secret(readText(bytes, input).replace(/\r?\n$/, ''))
}
