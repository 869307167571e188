import type { RefObject } from 'react'
import { Button } from '../shared/Button.tsx'
import { BrokerFields } from './BrokerFields.tsx'
import buttons from './buttons.module.css'
import { Endpoints } from './Endpoints.tsx'
import { EnvPreviewBox } from './EnvPreviewBox.tsx'
import { useForm } from './FormContext.ts'
import frame from './frame.module.css'
import { Heading } from './Heading.tsx'
import { ImportMessageBox } from './ImportMessageBox.tsx'
import { LoginModeChoice } from './LoginModeChoice.tsx'
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
        void actions.save()
      }}
      onInput={({ target }) => {
        if (target instanceof HTMLInputElement) actions.typed(target.name)
      }}
      onBlur={({ target }) => {
        if (target instanceof HTMLInputElement) actions.left(target.name)
      }}
    >
      <Heading />
      <div className={buttons['buttons']}>
        <Button
          onClick={() => {
            actions.importFrom('env-file')
          }}
        >
          Import from .env…
        </Button>
      </div>
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
      <BrokerFields />
      <OwnTime />
      <Endpoints />
      {mode === 'unattended' && <Terms />}
    </form>
  )
}
