import { useState, type DragEvent, type KeyboardEvent } from 'react'
import type { FormView } from '../../electron/contract/account-form.ts'
import { ProblemBanner } from '../shared/ProblemBanner.tsx'
import text from '../shared/text.module.css'
import { useKeepFocus } from '../shared/useKeepFocus.ts'
import css from './AccountForm.module.css'
import { FormBody } from './FormBody.tsx'
import { FormContext } from './FormContext.ts'
import { FormFooter } from './FormFooter.tsx'
import frame from './frame.module.css'
import { LeaveDialog } from './LeaveDialog.tsx'
import { Mistakes } from './Mistakes.tsx'
import { shownErrors } from './reducer.ts'
import { TestPanel } from './TestPanel.tsx'
import { TestResultBanner } from './TestResultBanner.tsx'
import { useAccountForm, type AccountFormOptions } from './useAccountForm.ts'
import { useFirstFocus } from './useFirstFocus.ts'
import { useHoldWindow } from './useHoldWindow.ts'

interface AccountFormProps extends AccountFormOptions {
  readonly morningRun: FormView['morningRun']
}

/** Shows the details of one account. */
export function AccountForm({ morningRun, ...options }: AccountFormProps) {
  const { bridge, broker, editing, result, filled } = options
  const [openedAt] = useState(() => Date.now())
  const { form, state, actions } = useAccountForm(options)
  const { busy, failure, isChanged, leaving, preview } = state
  const { leave } = actions
  useHoldWindow(isChanged, () => {
    actions.ask('close')
  })
  useFirstFocus(form, result)
  const keptFocus = useKeepFocus(form)

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || leaving !== null) return
    event.preventDefault()
    if (preview === null) leave('close')
    else actions.closePreview()
  }

  const onDrop = (event: DragEvent): void => {
    const [file] = event.dataTransfer.files
    if (file === undefined) return
    event.preventDefault()
    actions.importFile(file, file.name, 'top')
  }

  return (
    <FormContext
      value={{
        ...state,
        errors: shownErrors(state),
        ...{ broker, editing, morningRun, openedAt, filled, result, actions },
      }}
    >
      <main
        {...keptFocus}
        className={frame['frame']}
        onKeyDown={onKeyDown}
        onDragOver={(event) => {
          if (event.dataTransfer.types.includes('Files')) event.preventDefault()
        }}
        onDrop={onDrop}
      >
        <div className={css['banners']} id="banners">
          {failure !== null && <ProblemBanner problem={failure} />}
          {result !== null && busy === null && <TestResultBanner result={result} />}
          <Mistakes />
        </div>
        <FormBody form={form} />
        <p className={text['unseen']} role="status">
          {state.announcement}
        </p>
        {busy === 'test' ? <TestPanel bridge={bridge} progress={state.progress} /> : <FormFooter />}
        {leaving !== null && (
          <LeaveDialog
            words={leaving === 'broker' ? 'Discard and choose another broker' : 'Discard'}
            onStay={actions.stay}
            onLeave={() => {
              leave(leaving)
            }}
          />
        )}
      </main>
    </FormContext>
  )
}
