import { attemptsLeftIn } from '../../login/attempts-left.ts'
import { speaksOfLock } from '../replies.ts'

/**
 * Whether Kotak's words say that the account is locked. While it allows more entries it has not locked it, though it
 * may threaten to.
 */
export const isLocked = (words: string): boolean => speaksOfLock(words) && (attemptsLeftIn(words) ?? 0) === 0
