import { once } from 'node:events'
import { watch } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import path from 'node:path'
import { OUT } from './files.ts'

/** What the pages are built from, apart from packages. */
const SOURCES = ['renderer', 'electron/contract'].map((name) => path.join(import.meta.dirname, '..', name))
/** Files that are saved together are waited for, ms. */
const SOON_MS = 100

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.png': 'image/png',
}

/** Has the page load itself anew when it is told to. */
const listening = `<script>new EventSource('/changes').onmessage = () => location.reload()</script>`

/** What `npm run gallery -- --serve` does after each change. */
export interface Serving {
  /** Builds the pages and takes the pictures anew. */
  readonly retake: () => Promise<void>
  readonly say: (line: string) => void
}

/** Serves the gallery on this computer alone, and takes it anew after each change of the pages. Never resolves. */
export async function serveGallery({ retake, say }: Serving): Promise<never> {
  const pages = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    if (request.url === '/changes') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      pages.add(response)
      response.once('close', () => pages.delete(response))
    } else void answer(request.url ?? '/', response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  say(`http://127.0.0.1:${String(typeof address === 'object' ? address?.port : '')}/ follows each change.`)

  let soon: NodeJS.Timeout | undefined
  let working = Promise.resolve()
  const again = async (): Promise<void> => {
    try {
      await retake()
      for (const page of pages) page.write('data: changed\n\n')
    } catch (error) {
      // The next change tries again.
      say(error instanceof Error ? error.message : String(error))
    }
  }
  for (const folder of SOURCES) {
    watch(folder, { recursive: true }, () => {
      clearTimeout(soon)
      soon = setTimeout(() => {
        working = working.then(again)
      }, SOON_MS)
    })
  }
  return new Promise(() => undefined)
}

async function answer(url: string, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(url, 'http://127.0.0.1')
  const file = path.join(OUT, pathname === '/' ? 'index.html' : path.normalize(decodeURIComponent(pathname)))
  const contentType = contentTypes[path.extname(file)]
  const body =
    contentType === undefined || !file.startsWith(OUT + path.sep)
      ? null
      : await readFile(file).catch(() => null)
  if (body === null || contentType === undefined) {
    response.writeHead(404).end()
    return
  }
  response.writeHead(200, { 'content-type': contentType, 'cache-control': 'no-store' })
  response.write(body)
  response.end(contentType.startsWith('text/html') ? listening : undefined)
}
