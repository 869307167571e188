import * as z from 'zod/mini'

/** The domain of all of Kotak's hosts, old and new. */
export const DOMAIN = 'kotaksecurities.com'

/** Kotak's code of a refusal, a text or a number; a value of another type is ignored. */
export const Code = z.catch(z.optional(z.union([z.string(), z.number()])), undefined)

/** Kotak's message; a value that is not a text is ignored. */
export const Words = z.catch(z.optional(z.string()), undefined)

/** Returns the status that a refusal means, which under HTTP 2xx may be in Kotak's code. */
export const effectiveStatus = (httpStatus: number, code: string): number =>
  httpStatus < 300 && /^[45]\d\d$/.test(code) ? Number(code) : httpStatus

/**
 * Returns whether the gateway refused a wrong app key or bearer, before it forwarded anything.
 * https://github.com/paramatrixtech/ksapi/issues/17 has 900901, one code of this family.
 */
export const isGatewayCode = (code: string): boolean => /^9009\d\d$/.test(code)
