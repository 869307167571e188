import type { LoginProgress } from '../../../electron/contract/state.ts'
import { useActions } from '../store/ActionsContext.ts'
import { Button } from '../../shared/Button.tsx'
import { classes } from '../../shared/classes.ts'
import { Progress } from '../../shared/Progress.tsx'
import row from '../row.module.css'
import css from './LoginLine.module.css'

/** Shows a running login in the flow's own words. */
export function LoginLine({ name, login }: { name: string; login: LoginProgress }) {
  const actions = useActions()
  return (
    <div className={classes(row['row'], css['login'])}>
      <div className={css['progress']}>
        <p>
          {login.label}{' '}
          <span className={css['step']}>
            · step {login.step} of {login.total}
          </span>
        </p>
        <Progress label={`Login of ${name}`} login={login} />
      </div>
      <Button aria-label={`Cancel the login of ${name}`} onClick={() => void actions.cancelLogin(name)}>
        Cancel
      </Button>
    </div>
  )
}
