/** The credentials of a login at Kotak's legacy Trade API. */
export type TradeCredentials = {
  /** Not the client code. */
  readonly userid: string
  readonly password: string
  readonly consumer_key: string
  /** The application's bearer token: it identifies the app and opens no account. */
  readonly access_token: string
  /** May be empty. */
  readonly app_id: string
  /** Any address is accepted. */
  readonly ip: string
  /** The daily code that Kotak sends by SMS and e-mail. Here it stays until it is changed. */
  readonly access_code: string
}

/** Made-up credentials, public on purpose: they open nothing but a practice broker. */
export const MADE_UP_CREDENTIALS: TradeCredentials = {
  userid: 'PRACTICE01',
  password: 'practice password',
  consumer_key: 'practiceconsumerkey000000000',
  access_token: '00000000-bbbb-4bbb-8bbb-000000000000',
  app_id: 'practice',
  ip: '127.0.0.1',
  access_code: '4321',
}
