import { app, net, type ProtocolResponse } from 'electron'

/**
 * Returns the address of the server that `npm run dev` has the pages from; null in every other build, in which the
 * bundler leaves out what depends on it, and in a package.
 */
function findDevServer(): URL | null {
  if (!IS_DEV_BUILD || app.isPackaged) return null
  const address = process.env['TOKENTRAY_DEV_SERVER']
  return address === undefined ? null : new URL(address)
}

export const devServer = findDevServer()

/** Returns whether a page may ask for an address because of the server: its messages about changes come from there. */
export const isOfDevServer = (url: string): boolean =>
  devServer !== null && url.startsWith(`ws://${devServer.host}/`)

/** Answers a page from the server, with the rules that hot reload needs: code and styles within the page, and a socket. */
export async function fromDevServer(
  server: URL,
  url: string,
  sent: Readonly<Record<string, string>>,
): Promise<ProtocolResponse> {
  const { pathname, search } = new URL(url)
  // By what is accepted the server tells a linked sheet from one that a module imports.
  const accept = sent['Accept'] ?? '*/*'
  const reply = await net.fetch(new URL(pathname + search, server).href, { headers: { accept } })
  return {
    statusCode: reply.status,
    data: Buffer.from(await reply.arrayBuffer()),
    headers: {
      'content-type': reply.headers.get('content-type') ?? 'application/octet-stream',
      'cache-control': 'no-store',
      'content-security-policy': [
        "default-src 'none'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self'",
        "font-src 'self'",
        `connect-src 'self' ws://${server.host}`,
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ].join('; '),
    },
  }
}
