import type { ReactNode } from 'react'
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
    <OldElectronBox version={version}>
      <Consent name="electron">{USE_OLD_ELECTRON}</Consent>
    </OldElectronBox>
  )
}

/** The words beside the checkbox. */
export const USE_OLD_ELECTRON = 'I know this and want to use real accounts with it'

/** Says what is to be known of an Electron past its support, above the checkbox. */
export function OldElectronBox({ version, children }: { version: string; children: ReactNode }) {
  return (
    <fieldset className={classes(box['box'], css['terms'])}>
      <legend className={box['legend']}>Before you use a real account here</legend>
      <p>
        This copy of TokenTray runs on Electron {version}, which gets no more security repairs. A hole in it
        may give away what you enter.
      </p>
      {children}
    </fieldset>
  )
}
