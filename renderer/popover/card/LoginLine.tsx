import type { LoginProgress } from '../../../electron/contract/state.ts'
import { useActions } from '../store/ActionsContext.ts'

/** Shows a running login in the flow's own words. */
export function LoginLine({ name, login }: { name: string; login: LoginProgress }) {
  const actions = useActions()
  return (
    <div className="row login">
      <div className="login-progress">
        <p className="words">
          {login.label}{' '}
          <span className="muted">
            · step {login.step} of {login.total}
          </span>
        </p>
        <progress aria-label={`Login of ${name}`} value={login.step} max={Math.max(1, login.total)} />
      </div>
      <button
        type="button"
        className="button"
        aria-label={`Cancel the login of ${name}`}
        onClick={() => void actions.cancelLogin(name)}
      >
        Cancel
      </button>
    </div>
  )
}
