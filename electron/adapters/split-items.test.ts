import { expect, test } from 'vitest'
import { SplitItems, type Items } from './split-items.ts'

/** A store that a crash leaves as it is after so many writes. */
class CrashingItems implements Items {
  readonly items: Map<string, string>
  writesLeft = Infinity

  constructor(items = new Map<string, string>()) {
    this.items = items
  }

  get(key: string): Promise<string | null> {
    return Promise.resolve(this.items.get(key) ?? null)
  }

  set(key: string, text: string): Promise<void> {
    this.#write()
    return Promise.resolve(void this.items.set(key, text))
  }

  delete(key: string): Promise<void> {
    this.#write()
    return Promise.resolve(void this.items.delete(key))
  }

  #write(): void {
    if (this.writesLeft-- <= 0) throw new Error('crashed')
  }
}

const OLD = 'o'.repeat(6_000)
const NEW = 'n'.repeat(8_000)

test('a crash between any two writes leaves the old text or the new one', async () => {
  for (let writes = 0; writes < 10; writes++) {
    const store = new CrashingItems()
    await new SplitItems(store).set('key', OLD)
    store.writesLeft = writes
    await new SplitItems(store).set('key', NEW).catch(() => undefined)
    store.writesLeft = Infinity
    const left = await new SplitItems(store).get('key')
    expect([OLD, NEW]).toContain(left)
  }
})

test('a crash while it is deleted leaves the text or none', async () => {
  for (let writes = 0; writes < 6; writes++) {
    const store = new CrashingItems()
    await new SplitItems(store).set('key', OLD)
    store.writesLeft = writes
    await new SplitItems(store).delete('key').catch(() => undefined)
    store.writesLeft = Infinity
    expect([OLD, null]).toContain(await new SplitItems(store).get('key'))
  }
})

test('a text of which a part is lost is none', async () => {
  const store = new CrashingItems()
  await new SplitItems(store).set('key', OLD)
  const [part = ''] = [...store.items.keys()].filter((key) => key.endsWith('/2'))
  store.items.delete(part)
  expect(await new SplitItems(store).get('key')).toBe(null)
})

test('no two texts share parts, whatever their keys', async () => {
  const store = new CrashingItems()
  const items = new SplitItems(store)
  await Promise.all([items.set('a', OLD), items.set('b', NEW)])
  await items.delete('a')
  expect(await items.get('b')).toBe(NEW)
})

test('a text that looks like the names of parts is given back as it is', async () => {
  const store = new CrashingItems()
  const text = '\u0001parts 9999 00000000-0000-4000-8000-000000000000'
  await new SplitItems(store).set('key', text)
  expect(await new SplitItems(store).get('key')).toBe(text)
})
