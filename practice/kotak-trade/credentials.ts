/** What a login at Kotak's legacy Trade API needs. */
export type TradeCredentials = {
  /** Not the client code. */
  readonly userid: string
  readonly password: string
  readonly consumer_key: string
  /** The application's bearer token: it names the app, and opens nobody's account. */
  readonly access_token: string
  /** May be empty. */
  readonly app_id: string
  /** Any address will do. */
  readonly ip: string
  /** The code that Kotak sends by SMS and e-mail, a new one every day. This one stays until it is changed. */
  readonly access_code: string
}

/** Made up, and public on purpose: they open nothing but a practice broker. */
export const MADE_UP_CREDENTIALS: TradeCredentials = {
  userid: 'PRACTICE01',
  password: 'practice password',
  consumer_key: 'practiceconsumerkey000000000',
  access_token: '00000000-bbbb-4bbb-8bbb-000000000000',
  app_id: 'practice',
  ip: '127.0.0.1',
  access_code: '4321',
}
