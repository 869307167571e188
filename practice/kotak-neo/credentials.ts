/** The credentials of a Kotak Neo login. */
export type NeoCredentials = {
  /** A UUID from the API dashboard. Kotak also calls it access token; alone it opens nothing. */
  readonly consumer_key: string
  /** `+91` and ten digits. */
  readonly mobile_number: string
  /** The "client code" of the profile: five characters. */
  readonly ucc: string
  /** Six digits. */
  readonly mpin: string
  /** Base32, without spaces. */
  readonly totp_secret: string
}

/** Made-up credentials, public on purpose: they open nothing but a practice broker. */
export const MADE_UP_CREDENTIALS: NeoCredentials = {
  consumer_key: '00000000-aaaa-4aaa-8aaa-000000000000',
  mobile_number: '+919000000000',
  ucc: 'PRACT',
  mpin: '123456',
  totp_secret: 'KOTAKNEOPRACTICEKOTAKNEOPRACTICE',
}
