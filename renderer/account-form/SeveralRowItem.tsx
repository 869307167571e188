import { accountSlug } from '../../electron/contract/fields.ts'
import { classes } from '../shared/classes.ts'
import text from '../shared/text.module.css'
import check from './check.module.css'
import input from './input.module.css'
import css from './SeveralAccounts.module.css'
import { optionOf, type EditedRow } from './useSeveral.ts'

interface SeveralRowItemProps {
  readonly row: EditedRow
  readonly busy: boolean
  readonly onChange: (part: Partial<EditedRow>) => void
}

/** Shows what one file makes: whether to save it, under which name and at which broker, and what is wrong with it. */
export function SeveralRowItem({ row, busy, onChange }: SeveralRowItemProps) {
  const { id, from, name, options, saved, ticked } = row
  const option = optionOf(row)
  const wrong = option?.wrong ?? row.wrong
  const why = wrong ?? row.refused
  const isOpen = wrong === null && !saved
  return (
    <li className={css['row']} data-saved={saved}>
      <label className={classes(check['check'], css['from'])}>
        <input
          className={check['tick']}
          type="checkbox"
          checked={saved || (ticked && wrong === null)}
          disabled={!isOpen || busy}
          onChange={(event) => {
            onChange({ ticked: event.target.checked })
          }}
        />
        <bdi>{from}</bdi>
      </label>
      {saved && <strong className={css['saved']}>✓ Saved as {accountSlug(name)}</strong>}
      {isOpen && (
        <input
          className={classes(input['input'], css['name'])}
          aria-label={`Account name for ${from}`}
          aria-invalid={row.refused !== null}
          aria-describedby={`several-${String(id)}`}
          value={name}
          maxLength={100}
          autoComplete="off"
          spellCheck={false}
          disabled={busy}
          onChange={(event) => {
            onChange({ name: event.target.value, refused: null })
          }}
        />
      )}
      {option !== undefined && (
        <div className={css['broker']}>
          {!saved && options.length > 1 ? (
            <select
              aria-label={`Broker for ${from}`}
              value={option.brokerId}
              disabled={busy}
              onChange={(event) => {
                onChange({ brokerId: event.target.value, refused: null })
              }}
            >
              {options.map(({ brokerId, brokerName }) => (
                <option key={brokerId} value={brokerId}>
                  {brokerName}
                </option>
              ))}
            </select>
          ) : (
            option.brokerName
          )}
          {option.userId !== '' && <bdi className={text['muted']}>{option.userId}</bdi>}
        </div>
      )}
      <div className={css['words']} id={`several-${String(id)}`}>
        {option !== undefined && !saved && <p className={text['help']}>{option.words}</p>}
        {why !== null && (
          <p className={input['error']} role={row.refused === null ? undefined : 'alert'}>
            <bdi>{why}</bdi>
          </p>
        )}
      </div>
    </li>
  )
}
