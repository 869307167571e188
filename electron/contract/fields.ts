/** The one secret that every account may have besides its broker's own: the password of its proxy. */
export const proxyPasswordField = 'proxy_password'

/** The longest text that an input of a form may send, characters. */
export const MAX_TYPED = 4_096

/** The largest file that the account form takes: screenshots and photos of phones are smaller, bytes. */
export const MAX_FILE_BYTES = 10_000_000

/** The largest text that it takes, bytes: a `.env` file, or the addresses of an authenticator app's export. */
export const MAX_TEXT_BYTES = 64_000

/** How an account is logged in: by the app's own requests, or by the user at the broker's own page. */
export const loginModes = ['unattended', 'assisted'] as const
export type LoginMode = (typeof loginModes)[number]
