import * as z from 'zod/mini'

/** What stands where Kotak gives a code, a text or a number; anything else says nothing. */
export const Code = z.catch(z.optional(z.union([z.string(), z.number()])), undefined)
/** What stands where Kotak explains itself; anything but a text says nothing. */
export const Words = z.catch(z.optional(z.string()), undefined)

/** The status of a refusal, which may come under HTTP 2xx: then its code can be the status that was meant. */
export const meantStatus = (httpStatus: number, code: string): number =>
  httpStatus < 300 && /^[45]\d\d$/.test(code) ? Number(code) : httpStatus

/**
 * Whether the gateway refuses, before anything is forwarded: its family of wrong app keys and bearers, of which
 * https://github.com/paramatrixtech/ksapi/issues/17 has 900901.
 */
export const isGateways = (code: string): boolean => /^9009\d\d$/.test(code)
