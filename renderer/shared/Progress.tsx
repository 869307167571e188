import type { LoginProgress } from '../../electron/contract/state.ts'
import css from './Progress.module.css'

interface ProgressProps {
  label: string
  /** Null before the first step. */
  login: Pick<LoginProgress, 'step' | 'total'> | null
}

/** Shows how far a login is. */
export function Progress({ label, login }: ProgressProps) {
  return (
    <progress
      className={css['progress']}
      aria-label={label}
      value={login?.step ?? 0}
      max={Math.max(1, login?.total ?? 1)}
    />
  )
}
