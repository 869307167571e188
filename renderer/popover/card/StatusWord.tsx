import type { AccountView } from '../../../electron/contract/state.ts'
import { statusOf } from '../../../electron/contract/status.ts'
import { Icon } from '../../shared/Icon.tsx'
import { useClock, useNow } from '../../shared/useNow.ts'
import css from './StatusWord.module.css'

interface StatusWordProps {
  account: AccountView
  id: string
  /** What is said in place of the state's word. */
  words?: string | undefined
}

/** Shows an account's state by shape and word. */
export function StatusWord({ account, id, words }: StatusWordProps) {
  const clock = useClock()
  const word = useNow((now) => statusOf(account, now).word)
  const { shape, tone } = statusOf(account, clock.now())
  return (
    <span className={css['status']} data-tone={tone} id={id}>
      <Icon shape={shape} />
      <span>{words ?? word}</span>
    </span>
  )
}
