import type { AppState } from '../../electron/contract/state.ts'
import { Icon } from '../shared/Icon.tsx'
import { ProblemBanner } from '../shared/ProblemBanner.tsx'
import { useActions } from './ActionsContext.ts'
import type { Failure } from './store.ts'

interface BannersProps {
  app: AppState
  failure: Failure | null
  dismissed: readonly string[]
}

/** What concerns every account, above the accounts. */
export function Banners({ app, failure, dismissed }: BannersProps) {
  const actions = useActions()
  return (
    <>
      {app.keychain !== null && <ProblemBanner problem={app.keychain} />}
      {failure !== null && <ProblemBanner problem={failure} />}
      {app.clockWarning !== null && (
        <div className="banner" data-tone="warn">
          <Icon shape="bang" />
          <p>{app.clockWarning}</p>
        </div>
      )}
      {app.notices
        .filter((notice) => !dismissed.includes(notice))
        .map((notice) => (
          <div className="banner" data-tone="plain" key={notice}>
            <p>{notice}</p>
            <button
              type="button"
              className="button quiet"
              onClick={() => {
                actions.dismiss(notice)
              }}
            >
              Got it
            </button>
          </div>
        ))}
    </>
  )
}
