import type { AccountView } from '../../electron/contract/state.ts'
import { istTime } from '../../electron/contract/words.ts'
import { useActions } from './ActionsContext.ts'
import { wantsLogin } from './remedy.ts'
import { useNow } from './useNow.ts'

const seconds = (now: number): string => String(Math.floor(now / 1000) % 60).padStart(2, '0')

function IstClock() {
  const time = useNow((now) => `${istTime(now)}:${seconds(now)}`)
  return (
    <p className="clock">
      <abbr title="Indian Standard Time">IST</abbr> <span role="timer">{time}</span>
    </p>
  )
}

export function Footer({ accounts }: { accounts: readonly AccountView[] }) {
  const actions = useActions()
  const wanted = accounts.some(wantsLogin)
  return (
    <footer className="footer">
      {accounts.length > 0 && (
        <button
          type="button"
          className={wanted ? 'button primary' : 'button'}
          disabled={!wanted}
          onClick={() => void actions.loginAll()}
        >
          Log in all
        </button>
      )}
      <IstClock />
    </footer>
  )
}
