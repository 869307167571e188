/** The domain of all of Kotak's hosts, old and new. */
export const DOMAIN = 'kotaksecurities.com'
