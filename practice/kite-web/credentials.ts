/** The credentials of a login to Kite itself. */
export type KiteWebCredentials = {
  readonly user_id: string
  readonly password: string
  /** Base32, without spaces. */
  readonly totp_secret: string
}

/** Made-up credentials, public on purpose: they open nothing but a practice broker. */
export const MADE_UP_CREDENTIALS: KiteWebCredentials = {
  user_id: 'PW0001',
  password: 'practice password',
  totp_secret: 'KITEWEBPRACTICEKITEWEBPRACTICEKI',
}
