import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { buildChild, temporaryDir } from './child.ts'

/** Gives each test of a file a folder of its own, gone after the file's own clearing up; the answer says which. */
export function folderPerTest(): () => string {
  let folder = ''
  let remove = (): Promise<void> => Promise.resolve()
  beforeEach(async () => {
    const temporary = await temporaryDir()
    folder = temporary.dir
    remove = temporary.remove
  })
  afterEach(() => remove())
  return () => folder
}

/** Builds one of the programs in `children/` for all tests of a file; the answer says where it is. */
export function programForAll(name: string): () => string {
  let program = ''
  let remove = (): Promise<void> => Promise.resolve()
  beforeAll(async () => {
    const temporary = await temporaryDir()
    remove = temporary.remove
    program = await buildChild(name, temporary.dir)
  })
  afterAll(() => remove())
  return () => program
}
