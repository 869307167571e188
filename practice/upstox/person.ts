import type { MobileProfile } from './state.ts'

/**
 * The made-up person, with the fields of the token and profile replies of
 * https://upstox.com/developer/api-documentation/get-token
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

/** The same person in the form of service.upstox.com. */
export const USER_PROFILE = {
  profileId: 1,
  userId: PERSON.user_id,
  firstName: 'Practice',
  lastName: 'Trader',
}

/** A family with one mobile number: the practice person owns the app, and another account is the default. */
export const FAMILY: readonly MobileProfile[] = [
  { profileId: 2, userId: 'PR0002', isDefault: true },
  { profileId: String(USER_PROFILE.profileId), userId: USER_PROFILE.userId, isDefault: false },
  { profileId: 3, userId: 'PR0003', isDefault: false },
]
