/** The one secret that every account may have besides its broker's own: the password of its proxy. */
export const proxyPasswordField = 'proxy_password'
