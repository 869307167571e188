import type { OthersMay } from '../adapters/folder-access.ts'
import type { ProblemKind } from '../contract/state.ts'

/** Says what is wrong with this computer, and what to do about it. */
export interface Finding {
  readonly kind: ProblemKind | 'environment' | 'state-folder'
  readonly message: string
  readonly next: string
}

/** Describes the state folder, and what is wrong with it. */
export interface FolderFacts {
  readonly path: string
  /** Such as `0700`; null on Windows, or without a folder. */
  readonly mode: string | null
  /** What others may do in it, on Windows; null elsewhere, or when it can't be found out. */
  readonly othersMay: OthersMay | null
  readonly finding: Finding | null
}
