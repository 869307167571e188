import { istDate } from '../../../electron/contract/words.ts'
import { PauseChoices } from '../../shared/PauseChoices.tsx'
import { useNow } from '../../shared/useNow.ts'
import { useActions } from '../store/ActionsContext.ts'
import menu from '../menu.module.css'

/** Lets the user choose how long the schedule pauses. */
export function PauseMenu({ close }: { close: () => void }) {
  const actions = useActions()
  const today = useNow((now) => istDate(now))
  return (
    <PauseChoices
      today={today}
      focuses
      className={menu['menu']}
      pause={(until) => {
        close()
        void actions.pauseSchedule(until)
      }}
      close={close}
    />
  )
}
