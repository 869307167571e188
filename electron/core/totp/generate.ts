import { createGuardrails, generateSync, ScureBase32Plugin } from 'otplib'
import type { Secret } from '../secret.ts'
import {
  MAX_SECRET_BYTES,
  MIN_SECRET_BYTES,
  normaliseTotpSecret,
  standardTotp,
  type TotpParameters,
} from './code.ts'

// This file is loaded when the first code is due, so that start-up stays short.
const guardrails = createGuardrails({ MIN_SECRET_BYTES, MAX_SECRET_BYTES })
const base32 = new ScureBase32Plugin()

/**
 * Encodes the bytes of a TOTP secret in the same form.
 * @throws TypeError like `normaliseTotpSecret`
 */
export function totpSecretOfBytes(bytes: Uint8Array): string {
  return normaliseTotpSecret(base32.encode(bytes))
}

/** Returns the code of a time window (RFC 6238). `secret` holds base32 in the form of `normaliseTotpSecret`. */
export function totpCode(secret: Secret, window: number, parameters: TotpParameters = standardTotp): string {
  const period = parameters.periodMs / 1000
  return generateSync({
    secret: secret.reveal(),
    algorithm: parameters.algorithm,
    digits: parameters.digits,
    period,
    epoch: window * period,
    guardrails,
  })
}
