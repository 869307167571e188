/**
 * The made-up person, as the token and profile replies of
 * https://upstox.com/developer/api-documentation/get-token describe one.
 */
export const PERSON = {
  email: 'practice@example.com',
  exchanges: ['NSE', 'NFO', 'BSE', 'BFO', 'CDS'],
  products: ['I', 'D', 'CO'],
  broker: 'UPSTOX',
  user_id: 'PR0001',
  user_name: 'Practice Trader',
  order_types: ['MARKET', 'LIMIT', 'SL', 'SL-M'],
  user_type: 'individual',
  poa: false,
  ddpi: false,
  is_active: true,
}

/** The same person as service.upstox.com tells of one. */
export const USER_PROFILE = {
  profileId: 1,
  userId: PERSON.user_id,
  firstName: 'Practice',
  lastName: 'Trader',
}
