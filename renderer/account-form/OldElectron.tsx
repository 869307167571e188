import { Consent } from './Consent.tsx'
import { useForm } from './FormContext.ts'
import { classes } from '../shared/classes.ts'
import box from './box.module.css'
import css from './Terms.module.css'

/** Asks before a real account is used with an Electron past its support. */
export function OldElectron() {
  const version = useForm().view?.oldElectron ?? null
  if (version === null) return null
  return (
    <fieldset className={classes(box['box'], css['terms'])}>
      <legend className={box['legend']}>Before you use a real account here</legend>
      <p>
        This copy of TokenTray runs on Electron {version}, which gets no more security repairs. A hole in it
        may give away what you enter.
      </p>
      <Consent name="electron">I know this and want to use real accounts with it</Consent>
    </fieldset>
  )
}
