/**
 * Returns a field's names in `.env` files, one per prefix and ending. The prefixes `KITE ZERODHA` and the ending
 * `API_KEY` make `KITE_API_KEY` and `ZERODHA_API_KEY`.
 */
export const envNames = (prefixes: string, endings: string): readonly string[] =>
  prefixes.split(' ').flatMap((prefix) => endings.split(' ').map((ending) => `${prefix}_${ending}`))
