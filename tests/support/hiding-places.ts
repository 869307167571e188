import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright-core'

/** The contents to search, by the name of each place. */
export type Places = Map<string, string | Buffer>

/** Returns every file below a folder. */
export async function filesBelow(folder: string): Promise<Places> {
  const places: Places = new Map()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    // Searches the file's name as well as its content.
    places.set(file, Buffer.concat([Buffer.from(file), await readFile(file).catch(() => Buffer.alloc(0))]))
  }
  return places
}

/** Returns the arguments and the environment of a process and of all its descendants. */
export async function processesFrom(pid: number): Promise<Places> {
  const places: Places = new Map()
  for (const member of await family(pid)) {
    for (const part of ['cmdline', 'environ']) {
      const file = `/proc/${String(member)}/${part}`
      const content = await readFile(file).catch(() => null)
      if (content !== null) places.set(file, content)
    }
  }
  return places
}

async function family(ancestor: number): Promise<number[]> {
  const parents = new Map<number, number>()
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
    // The name in the second field may hold any text; only what follows its closing bracket is safe to split.
    const [, parent = '0'] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    parents.set(Number(name), Number(parent))
  }
  const members = [ancestor]
  for (const member of members) {
    members.push(...[...parents].filter(([, parent]) => parent === member).map(([pid]) => pid))
  }
  return members
}

/** Returns everything that a page's JavaScript holds in memory. */
export async function heapOf(page: Page): Promise<string> {
  const debug = await page.context().newCDPSession(page)
  const chunks: string[] = []
  debug.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk))
  await debug.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await debug.detach()
  return chunks.join('')
}
