import * as z from 'zod/mini'

/** The proxy of an account, as the state file holds it. Its password is in the keychain. */
export const Proxy = z.object({
  /** `http://host:port`, `https://…` or `socks5://…`; without a default port. */
  url: z.string(),
  /** Empty for a proxy without a login. */
  user: z.string(),
})
export type Proxy = z.infer<typeof Proxy>
