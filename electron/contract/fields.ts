/** The one secret that every account may have besides its broker's own: the password of its proxy. */
export const proxyPasswordField = 'proxy_password'

/** More than any input of a form can hold, characters. */
export const MAX_TYPED = 4_096

/** The largest file that the account form takes: screenshots and photos of phones are smaller, bytes. */
export const MAX_FILE_BYTES = 10_000_000

/** The largest text that it takes, bytes: a `.env` file, or the addresses of an authenticator app's export. */
export const MAX_TEXT_BYTES = 64_000
