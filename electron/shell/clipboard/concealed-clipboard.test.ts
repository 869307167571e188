import { expect, test } from 'vitest'
import { concealing, type MarkingClipboard } from './concealed-clipboard.ts'

class Item {
  readonly contents: Record<string, string | Blob>

  constructor(contents: Record<string, string | Blob>) {
    this.contents = contents
  }
}

/** Fakes Electron 45's clipboard and records the last write. */
class FakeClipboard implements MarkingClipboard {
  text = ''
  formats: string[] = []
  marks: (string | Blob)[] = []
  canMark = true

  readText(): Promise<string> {
    return Promise.resolve(this.text)
  }

  writeText(text: string): Promise<void> {
    this.text = text
    this.formats = []
    return Promise.resolve()
  }

  write([item]: object[]): Promise<void> {
    if (!this.canMark || !(item instanceof Item)) return Promise.reject(new Error('no such format'))
    const { 'text/plain': text, ...marks } = item.contents
    this.text = typeof text === 'string' ? text : ''
    this.formats = Object.keys(marks)
    this.marks = Object.values(marks)
    return Promise.resolve()
  }

  clear(): void {
    this.text = ''
  }
}

const format = (name: string): string => `electron application/osclipboard;format="${name}"`

test.each([
  [
    'win32',
    [
      format('ExcludeClipboardContentFromMonitorProcessing'),
      format('CanIncludeInClipboardHistory'),
      format('CanUploadToCloudClipboard'),
    ],
  ],
  ['darwin', [format('org.nspasteboard.ConcealedType'), format('org.nspasteboard.TransientType')]],
  ['linux', [format('x-kde-passwordManagerHint')]],
  ['freebsd', []],
] as const)(
  'on %s a copy is marked as nothing to keep, where the system knows such a mark',
  async (platform, formats) => {
    const system = new FakeClipboard()
    await concealing(system, Item, platform).writeText('made-up token')
    expect([system.text, system.formats]).toEqual(['made-up token', formats])
  },
)

test('KDE’s mark is a word, which other values of it are not', async () => {
  const system = new FakeClipboard()
  await concealing(system, Item, 'linux').writeText('made-up token')
  expect(await new Blob(system.marks).text()).toBe('secret')
})

test('on X11 the other selection is still reached', () => {
  const cleared: string[] = []
  const selection = { readText: () => Promise.resolve(''), clear: () => void cleared.push('selection') }
  const system = Object.assign(new FakeClipboard(), { selection })
  concealing(system, Item, 'linux').selection?.clear()
  expect(cleared).toEqual(['selection'])
})

test('where marking fails, or this Electron has none, the text is copied all the same', async () => {
  const system = new FakeClipboard()
  system.canMark = false
  await concealing(system, Item, 'win32').writeText('one')
  expect(system.text).toBe('one')
  await concealing(system, undefined, 'win32').writeText('two')
  expect(system.text).toBe('two')
})

test('what is copied is read and cleared as before', async () => {
  const system = new FakeClipboard()
  const clipboard = concealing(system, Item, 'darwin')
  await clipboard.writeText('made-up token')
  expect(await clipboard.readText()).toBe('made-up token')
  clipboard.clear()
  expect(system.text).toBe('')
})
