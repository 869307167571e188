import type { EnvPreview } from '../../electron/contract/account-form.ts'

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
    <section className="env" aria-labelledby="env-title">
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
              <bdi className="value">{value ?? 'found, not shown'}</bdi>
            ) : (
              <span className="error">{wrong}</span>
            )}
          </li>
        ))}
        {missing.map(({ label, env }) => (
          <li key={env} data-tone="warn">
            <span>
              {label} <code>{env}</code>
            </span>
            <span className="value">not in the file</span>
          </li>
        ))}
      </ul>
      {notes.map((note) => (
        <p className="help" key={note}>
          {note}
        </p>
      ))}
      {unused !== null && (
        <p className="help">
          Not used: <bdi>{unused}</bdi>
        </p>
      )}
      <div className="buttons">
        <button type="button" className="button primary" autoFocus onClick={onUse}>
          {isOther ? `Switch to ${brokerName} and use these` : 'Use these'}
        </button>
        <button type="button" className="button" onClick={onClose}>
          Don’t
        </button>
      </div>
    </section>
  )
}
