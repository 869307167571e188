/** How an account is logged in: by the app's own requests, or by the user at the broker's own page. */
export const loginModes = ['unattended', 'assisted'] as const
export type LoginMode = (typeof loginModes)[number]
