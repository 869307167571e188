/** The field of the proxy's password, which an account of any broker may have. */
export const proxyPasswordField = 'proxy_password'

/** The longest text that a form's input may send, characters. */
export const MAX_TYPED = 4_096

/** The largest file that the account form accepts, bytes. Screenshots and photos of phones are smaller. */
export const MAX_FILE_BYTES = 10_000_000

/** The largest text that it accepts, bytes: a `.env` file, or the addresses of an authenticator app's export. */
export const MAX_TEXT_BYTES = 64_000

/** Returns the account name that a typed one becomes, such as "zerodha-main" for "Zerodha Main". */
export const accountSlug = (typed: string): string =>
  typed
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/^[^a-z0-9]+|-+$/g, '')

/** The ways of logging in: by the app's own requests, or by the user on the broker's page. */
export const loginModes = ['unattended', 'assisted'] as const
export type LoginMode = (typeof loginModes)[number]
