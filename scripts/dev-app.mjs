import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { realpathSync } from 'node:fs'
import { createServer as createTcpServer } from 'node:net'
import { join, sep } from 'node:path'
import { forgetBuild } from './build.mjs'
import { atEnd } from './cleanup.mjs'
import { ensureElectron } from './electron.mjs'
import { reasonOf, runMain, say } from './messages.mjs'
import { ensurePackages } from './packages.mjs'
import { root } from './processes.mjs'
import { ensureSystemPackages } from './system-packages.mjs'

const CONFIG = join(root, 'vite.config.ts')
/** The mode in which the main process takes the pages from a server. */
const mode = 'development'
/** Where a change concerns the main process; the server itself follows what concerns the pages. */
const WATCHED = ['electron', 'practice', 'assets'].map((name) => join(root, name))
/** An editor that saves several files is waited for, ms. */
const SOON_MS = 100

/** @returns {Promise<number>} */
async function freePort() {
  const server = createTcpServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}

/**
 * Serves the pages with hot reload, on this computer alone.
 * @returns {Promise<import('vite').ViteDevServer>}
 */
async function servePages() {
  const { createServer } = await import('vite')
  const port = await freePort()
  const server = await createServer({
    configFile: CONFIG,
    mode,
    base: '/',
    logLevel: 'warn',
    plugins: [
      {
        name: 'no-policy-in-the-page',
        // The main process sends one that hot reload can live with.
        transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
      },
    ],
    server: {
      host: '127.0.0.1',
      port,
      strictPort: true,
      fs: { allow: [root, realpathSync(join(root, 'node_modules'))] },
      // A page of our own scheme has no address that this could be read from.
      hmr: { protocol: 'ws', host: '127.0.0.1', clientPort: port },
    },
  })
  await server.listen()
  return server
}

/** Builds everything but the pages. */
async function buildProcesses() {
  forgetBuild()
  const { createBuilder } = await import('vite')
  const builder = await createBuilder({ configFile: CONFIG, mode, logLevel: 'warn' })
  for (const [name, environment] of Object.entries(builder.environments)) {
    if (name !== 'client' && name !== 'cli') await builder.build(environment)
  }
}

/**
 * Runs the app, and another one after it on demand. Ends this process when the user quits the app.
 * @param {() => import('node:child_process').ChildProcess} start
 */
function restartable(start) {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let app
  let isWanted = true
  atEnd(() => {
    app?.kill()
  })
  const begin = () => {
    const child = start()
    app = child
    child.once('exit', (code) => {
      if (isWanted) process.exit(code ?? 0)
    })
  }
  begin()
  return {
    restart: async () => {
      isWanted = false
      if (app && app.exitCode === null && app.signalCode === null) {
        const ended = once(app, 'exit')
        app.kill()
        await ended
      }
      isWanted = true
      begin()
    },
  }
}

export async function main() {
  await runMain(async () => {
    await ensurePackages()
    await ensureSystemPackages('tray')
    const electron = await ensureElectron()
    const server = await servePages()
    const [address = ''] = server.resolvedUrls?.local ?? []
    await buildProcesses()
    // Chromium's sandbox refuses root on Linux; every other user keeps it.
    const isRoot = process.platform === 'linux' && process.getuid?.() === 0
    const args = [...(isRoot ? ['--no-sandbox'] : []), root, ...process.argv.slice(2)]
    // Some editors set this in their terminals, which would turn Electron into plain Node.
    delete process.env['ELECTRON_RUN_AS_NODE']
    const env = { ...process.env, TOKENTRAY_DEV_SERVER: address }
    const app = restartable(() => spawn(electron.path, args, { cwd: root, stdio: 'inherit', env }))
    say(`The pages come from ${address} and follow each change; the app starts anew when it is changed.`)

    /** @type {NodeJS.Timeout | undefined} */
    let soon
    let working = Promise.resolve()
    const rebuild = async () => {
      try {
        await buildProcesses()
        say('Starting anew …')
        await app.restart()
      } catch (error) {
        // The app of before goes on, and the next change tries again.
        say(reasonOf(error))
      }
    }
    server.watcher.add(WATCHED)
    server.watcher.on('all', (_event, file) => {
      if (!WATCHED.some((folder) => file.startsWith(folder + sep)) || /\.test\.\w+$/.test(file)) return
      clearTimeout(soon)
      soon = setTimeout(() => (working = working.then(rebuild)), SOON_MS)
    })
    return new Promise(() => undefined)
  })
}
