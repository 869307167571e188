import type { RefObject } from 'react'
import { BrokerFields } from './BrokerFields.tsx'
import { Endpoints } from './Endpoints.tsx'
import { EnvPreviewBox } from './EnvPreviewBox.tsx'
import { useForm } from './FormContext.ts'
import frame from './frame.module.css'
import { AccountName, Heading } from './Heading.tsx'
import { ImportMessageBox } from './ImportMessageBox.tsx'
import { LoginModeChoice } from './LoginModeChoice.tsx'
import { OldElectron } from './OldElectron.tsx'
import { OwnTime } from './OwnTime.tsx'
import { Terms } from './Terms.tsx'

/** Shows the account's inputs. */
export function FormBody({ form }: { form: RefObject<HTMLFormElement | null> }) {
  const { broker, busy, mode, importMessage, preview, actions } = useForm()
  return (
    <form
      className={frame['body']}
      id="account"
      ref={form}
      noValidate
      // Focusable by code but not by Tab.
      tabIndex={-1}
      inert={busy === 'test'}
      onSubmit={(event) => {
        event.preventDefault()
        void actions.test()
      }}
      onInput={({ target }) => {
        if (target instanceof HTMLInputElement) actions.typed(target.name)
      }}
      onBlur={({ target }) => {
        if (target instanceof HTMLInputElement) actions.left(target.name)
      }}
    >
      <Heading />
      {importMessage?.at === 'top' && <ImportMessageBox message={importMessage} />}
      {preview !== null && (
        <EnvPreviewBox
          preview={preview}
          brokerId={broker.id}
          onUse={() => void actions.takePreview()}
          onClose={actions.closePreview}
        />
      )}
      <LoginModeChoice />
      <AccountName />
      <BrokerFields />
      <OwnTime />
      <Endpoints />
      <OldElectron />
      {mode === 'unattended' && <Terms />}
    </form>
  )
}
