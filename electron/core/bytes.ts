/** Encodes a text's UTF-8 bytes as base64 (RFC 4648 §4), with padding. */
export function base64Of(text: string): string {
  let letters = ''
  // One by one, because a call can have only so many arguments.
  for (const byte of new TextEncoder().encode(text)) letters += String.fromCharCode(byte)
  return btoa(letters)
}

/**
 * Decodes base64 (RFC 4648 §4) or base64url (§5), with or without padding.
 * @throws DOMException for characters or lengths that neither has
 */
export function bytesOfBase64(text: string): Uint8Array {
  const standard = text.replaceAll('-', '+').replaceAll('_', '/')
  return Uint8Array.from(atob(standard), (letter) => letter.charCodeAt(0))
}

/** Returns the length of a text in UTF-8, bytes. */
export const byteLength = (text: string): number => new TextEncoder().encode(text).length
