/** The credentials of an Upstox login: the app's three values, then the person's three. */
export type UpstoxCredentials = {
  readonly client_id: string
  readonly client_secret: string
  /** The app's registered redirect URL, byte for byte. */
  readonly redirect_uri: string
  /** The mobile number: ten digits, no country code. */
  readonly username: string
  /** Six digits. */
  readonly pin_code: string
  /** Base32, without spaces. */
  readonly totp_secret: string
}

/** Made-up credentials, public on purpose: they open nothing but a practice broker. */
export const MADE_UP_CREDENTIALS: UpstoxCredentials = {
  client_id: '00000000-0000-4000-8000-000000000000',
  client_secret: 'practicesecret',
  redirect_uri: 'http://127.0.0.1:9/registered-redirect',
  username: '9000000000',
  pin_code: '246810',
  totp_secret: 'UPSTOXPRACTICEUPSTOXPRACTICEUPST',
}
