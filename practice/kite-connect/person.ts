/**
 * The made-up person, with the fields of https://kite.trade/docs/connect/v3/user/#user-profile and values like
 * https://github.com/zerodha/kiteconnect-mocks
 */
export const PERSON = {
  user_type: 'individual',
  email: 'practice@example.com',
  user_name: 'Practice Trader',
  user_shortname: 'Practice',
  broker: 'ZERODHA',
  exchanges: ['NSE', 'NFO', 'BFO', 'CDS', 'BSE', 'MCX', 'BCD', 'MF'],
  products: ['CNC', 'NRML', 'MIS', 'BO', 'CO'],
  order_types: ['MARKET', 'LIMIT', 'SL', 'SL-M'],
  // Null for a user who never uploaded a picture.
  avatar_url: null,
  meta: { demat_consent: 'physical' },
}
