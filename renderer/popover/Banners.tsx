import type { AppState } from '../../electron/contract/state.ts'
import { Banner } from '../shared/Banner.tsx'
import { ProblemBanner } from '../shared/ProblemBanner.tsx'
import { useActions } from './store/ActionsContext.ts'
import { isToInstall, NoKeychain } from './NoKeychain.tsx'
import type { Failure } from './store/store.ts'
import { Button } from '../shared/Button.tsx'

interface BannersProps {
  app: AppState
  failure: Failure | null
}

/** Shows the messages that concern every account. */
export function Banners({ app, failure }: BannersProps) {
  const actions = useActions()
  return (
    <>
      {app.keychain !== null &&
        (isToInstall(app.keychain) ? (
          <NoKeychain problem={app.keychain} />
        ) : (
          <ProblemBanner problem={app.keychain}>
            <Button onClick={() => void actions.checkKeychain()}>Try again</Button>
          </ProblemBanner>
        ))}
      {failure !== null && failure.message !== app.keychain?.message && <ProblemBanner problem={failure} />}
      {app.clockWarning !== null && (
        <Banner tone="warn" role="status" shape="bang">
          <p>{app.clockWarning}</p>
        </Banner>
      )}
      {app.startAtLogin?.asks === true && (
        <Banner tone="plain">
          <p>Start TokenTray with this computer, so that it is there at {app.startAtLogin.at}?</p>
          <Button look="primary" onClick={() => void actions.answerStart(true)}>
            Start it
          </Button>
          <Button onClick={() => void actions.answerStart(false)}>Not now</Button>
        </Banner>
      )}
      {app.notices.map((notice) => (
        <Banner tone="plain" key={notice}>
          <p>{notice}</p>
          <Button onClick={() => void actions.dismissNotice(notice)}>Got it</Button>
        </Banner>
      ))}
    </>
  )
}
