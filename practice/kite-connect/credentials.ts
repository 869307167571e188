/** The credentials of a Kite Connect login. */
export type KiteCredentials = {
  readonly api_key: string
  readonly api_secret: string
  readonly user_id: string
  readonly password: string
  /** Base32, without spaces. */
  readonly totp_secret: string
}

/** Made-up credentials, public on purpose: they open nothing but a practice broker. */
export const MADE_UP_CREDENTIALS: KiteCredentials = {
  api_key: 'practicekey00000',
  api_secret: 'practicesecret000000000000000000',
  user_id: 'PR0001',
  password: 'practice password',
  totp_secret: 'PRACTICEPRACTICEPRACTICEPRACTICE',
}
