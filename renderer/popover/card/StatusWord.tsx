import type { AccountView } from '../../../electron/contract/state.ts'
import { statusOf } from '../../../electron/contract/status.ts'
import { Icon } from '../../shared/Icon.tsx'
import { useClock, useNow } from '../../shared/useNow.ts'
import css from './StatusWord.module.css'

export function StatusWord({ account, id }: { account: AccountView; id: string }) {
  const clock = useClock()
  const word = useNow((now) => statusOf(account, now).word)
  const { shape, tone } = statusOf(account, clock.now())
  return (
    <span className={css['status']} data-tone={tone} id={id}>
      <Icon shape={shape} />
      {word}
    </span>
  )
}
