import type { EnvPreview } from '../../electron/contract/account-form.ts'
import { Button } from '../shared/Button.tsx'
import text from '../shared/text.module.css'
import { classes } from '../shared/classes.ts'
import box from './box.module.css'
import buttons from './buttons.module.css'
import input from './input.module.css'
import css from './EnvPreviewBox.module.css'

interface EnvPreviewBoxProps {
  preview: EnvPreview
  /** The broker that the form shows. */
  brokerId: string
  onUse: () => void
  onClose: () => void
}

/** Previews the values of a `.env` file before they are used. Of secrets it shows only the names. */
export function EnvPreviewBox({ preview, brokerId, onUse, onClose }: EnvPreviewBoxProps) {
  const { file, brokerName, found, missing, unused, notes } = preview
  const isOther = preview.brokerId !== brokerId
  return (
    <section className={classes(box['box'], css['env'])} aria-labelledby="env-title">
      <h2 id="env-title">
        {isOther ? (
          <>
            “<bdi>{file}</bdi>” is for {brokerName}
          </>
        ) : (
          <>
            In “<bdi>{file}</bdi>”
          </>
        )}
      </h2>
      <ul>
        {found.map(({ label, env, value, wrong }) => (
          <li key={env} data-tone={wrong === null ? 'good' : 'bad'}>
            <span>
              {label} <code>{env}</code>
            </span>
            {wrong === null ? (
              <bdi className={css['value']}>{value ?? 'found, not shown'}</bdi>
            ) : (
              <span className={input['error']}>{wrong}</span>
            )}
          </li>
        ))}
        {missing.map(({ label, env }) => (
          <li key={env} data-tone="warn">
            <span>
              {label} <code>{env}</code>
            </span>
            <span className={css['value']}>not in the file</span>
          </li>
        ))}
      </ul>
      {notes.map((note) => (
        <p className={text['help']} key={note}>
          {note}
        </p>
      ))}
      {unused !== null && (
        <p className={text['help']}>
          Not used: <bdi>{unused}</bdi>
        </p>
      )}
      <div className={buttons['buttons']}>
        <Button look="primary" autoFocus onClick={onUse}>
          {isOther ? `Switch to ${brokerName} and use these` : 'Use these'}
        </Button>
        <Button onClick={onClose}>Don’t</Button>
      </div>
    </section>
  )
}
