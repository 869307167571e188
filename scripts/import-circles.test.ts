import { readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

const root = path.join(import.meta.dirname, '..')

/** Returns what each file imports, of types too, by paths. */
async function importsOf(folders: readonly string[]): Promise<Map<string, readonly string[]>> {
  const graph = new Map<string, readonly string[]>()
  for (const folder of folders) {
    for (const name of await readdir(path.join(root, folder), { recursive: true })) {
      if (!/\.tsx?$/.test(name) || /\.(test|d)\.tsx?$/.test(name)) continue
      const file = path.join(root, folder, name)
      const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'))
      const ours = importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
      graph.set(
        file,
        ours.map(({ fileName }) => path.join(path.dirname(file), fileName)),
      )
    }
  }
  return graph
}

/** Returns the first circle of imports that is found, from a file back to itself; empty without one. */
function firstCircle(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>()
  const way: string[] = []
  const visit = (file: string): string[] => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file]
    if (done.has(file)) return []
    way.push(file)
    for (const imported of graph.get(file) ?? []) {
      const circle = visit(imported)
      if (circle.length > 0) return circle
    }
    way.pop()
    done.add(file)
    return []
  }
  for (const file of graph.keys()) {
    const circle = visit(file)
    if (circle.length > 0) return circle.map((one) => path.relative(root, one))
  }
  return []
}

test('no file imports itself by way of others, not even types', async () => {
  const graph = await importsOf(['electron', 'renderer', 'practice', 'simulator', 'gallery', 'bench'])
  expect(graph.size).toBeGreaterThan(400)
  expect(firstCircle(graph)).toEqual([])
})

test('a circle is found, and named from file to file', () => {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => path.join(root, name))
  if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error('no names')
  const graph = new Map([
    [a, [b]],
    [b, [c, d]],
    [c, []],
    [d, [b]],
  ])
  expect(firstCircle(graph)).toEqual(['b', 'd', 'b'])
})
