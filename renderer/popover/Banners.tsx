import type { AppState } from '../../electron/contract/state.ts'
import { Icon } from '../shared/Icon.tsx'
import { ProblemBanner } from '../shared/ProblemBanner.tsx'
import { useActions } from './store/ActionsContext.ts'
import type { Failure } from './store/store.ts'

interface BannersProps {
  app: AppState
  failure: Failure | null
}

/** Shows the messages that concern every account. */
export function Banners({ app, failure }: BannersProps) {
  const actions = useActions()
  return (
    <>
      {app.keychain !== null && (
        <ProblemBanner problem={app.keychain}>
          <button type="button" className="button" onClick={() => void actions.checkKeychain()}>
            Try again
          </button>
        </ProblemBanner>
      )}
      {failure !== null && failure.message !== app.keychain?.message && <ProblemBanner problem={failure} />}
      {app.clockWarning !== null && (
        <div className="banner" data-tone="warn" role="status">
          <Icon shape="bang" />
          <p>{app.clockWarning}</p>
        </div>
      )}
      {app.notices.map((notice) => (
        <div className="banner" data-tone="plain" key={notice}>
          <p>{notice}</p>
          <button type="button" className="button" onClick={() => void actions.dismissNotice(notice)}>
            Got it
          </button>
        </div>
      ))}
    </>
  )
}
