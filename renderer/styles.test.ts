import { readFile, readdir } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'

/** The folder's files by their paths. */
async function filesOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(folder, { recursive: true })
  const wanted = names.filter((name) => /\.(css|html|tsx?)$/.test(name) && !name.includes('.test.'))
  const read = wanted.map(async (name): Promise<[string, string]> => {
    const file = path.join(folder, name)
    return [file, await readFile(file, 'utf8')]
  })
  return new Map(await Promise.all(read))
}

const files = await filesOf(import.meta.dirname)
const sheets = [...files.keys()].filter((file) => file.endsWith('.css'))
const modules = sheets.filter((file) => file.endsWith('.module.css'))

const withoutComments = (css: string): string => css.replaceAll(/\/\*[^]*?\*\//g, '')
const textOf = (file: string): string => files.get(file) ?? expect.unreachable()

/** Returns the class names of a file's rules. */
const classesIn = (css: string): ReadonlySet<string> =>
  new Set([...withoutComments(css).matchAll(/\.([a-z][\w-]*)(?=[^{}]*\{)/g)].map(([, name = '']) => name))

/** Returns what the components take from a file: all of it when they choose by a variable. */
function takenFrom(module: string): { readonly names: ReadonlySet<string>; readonly byVariable: string } {
  const names = new Set<string>()
  let byVariable = ''
  for (const [file, text] of files) {
    const imports = text.matchAll(/import (\w+) from '(\.[^']*\.module\.css)'/g)
    for (const [, name = '', from = ''] of imports) {
      if (path.join(path.dirname(file), from) !== module) continue
      for (const [, taken = ''] of text.matchAll(new RegExp(`\\b${name}\\['([\\w-]+)'\\]`, 'g')))
        names.add(taken)
      if (new RegExp(`\\b${name}\\[[a-z]`).test(text)) byVariable += text
    }
  }
  return { names, byVariable }
}

const named = (file: string): string => path.relative(import.meta.dirname, file)

test.for(modules.map((file) => ({ file, name: named(file) })))(
  '$name has a use for each class',
  ({ file }) => {
    const { names, byVariable } = takenFrom(file)
    const there = classesIn(textOf(file))
    const dead = [...there].filter((name) => !names.has(name) && !byVariable.includes(`'${name}'`))
    expect({ dead, missing: [...names].filter((name) => !there.has(name)) }).toEqual({
      dead: [],
      missing: [],
    })
  },
)

test('every other sheet is linked by a page', () => {
  const pages = [...files].filter(([file]) => file.endsWith('.html')).map(([, html]) => html)
  const others = sheets.filter((file) => !modules.includes(file)).map(named)
  expect(others.filter((sheet) => !pages.some((html) => html.includes(`href="./${sheet}"`)))).toEqual([])
})

/** Lengths that are drawn, not laid out: in no scale, and few. */
const FREE = new Set(['0', '3px', '-1px', '50%', '2px', 'auto', '128px', '40px'])

test.for(sheets.map((file) => ({ file, name: named(file) })))(
  '$name takes its sizes from the scales',
  ({ file }) => {
    if (named(file) === path.join('shared', 'tokens.css')) return
    const css = withoutComments(textOf(file)).replaceAll(/(?:calc|var|min)\((?:[^()]|\([^()]*\))*\)/g, '')
    const sizes = css.matchAll(/\b(gap|margin|padding|border-radius|font-size)[\w-]*: ([^;]+);/g)
    const own = [...sizes].filter(([, , value = '']) =>
      value.split(/\s+/).some((one) => one !== '' && !FREE.has(one)),
    )
    expect(own.map(([rule]) => rule)).toEqual([])
  },
)

test('every token is used', () => {
  const used = [...files.values()].join('\n')
  const tokens = [
    ...textOf(path.join(import.meta.dirname, 'shared/tokens.css')).matchAll(/^ {2}(--[\w-]+):/gm),
  ]
  const dead = tokens.map(([, name = '']) => name).filter((name) => !used.includes(`var(${name}`))
  expect(dead).toEqual([])
})
