import * as z from 'zod/mini'

/** What all requests of an account go through, as the state file holds it. Its password is in the keychain. */
export const Proxy = z.object({
  /** `http://host:port`, `https://…` or `socks5://…`; the port only where it is not the usual one. */
  url: z.string(),
  /** Empty for a proxy that asks for nobody's name. */
  user: z.string(),
})
export type Proxy = z.infer<typeof Proxy>
