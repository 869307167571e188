import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { buildChild, temporaryDir } from './child.ts'

/**
 * Creates a folder for each test of a file and removes it after the file's own cleanup.
 * @returns the current folder's path
 */
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

/**
 * Builds one of the programs in `children/` for all tests of a file.
 * @returns the program's path
 */
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
