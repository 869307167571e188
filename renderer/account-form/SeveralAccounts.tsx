import type { AccountFormBridge, BrokerView } from '../../electron/contract/account-form.ts'
import { Button } from '../shared/Button.tsx'
import { classes } from '../shared/classes.ts'
import text from '../shared/text.module.css'
import box from './box.module.css'
import buttons from './buttons.module.css'
import { ConsentBox } from './Consent.tsx'
import footer from './FormFooter.module.css'
import frame from './frame.module.css'
import { OldElectronBox, USE_OLD_ELECTRON } from './OldElectron.tsx'
import css from './SeveralAccounts.module.css'
import { SeveralRowItem } from './SeveralRowItem.tsx'
import terms from './Terms.module.css'
import { TermsLabel } from './TermsLabel.tsx'
import type { useSeveral } from './useSeveral.ts'

interface SeveralAccountsProps {
  readonly bridge: AccountFormBridge
  readonly brokers: readonly BrokerView[]
  readonly several: ReturnType<typeof useSeveral>
  readonly onBack: () => void
}

/** Makes accounts of several files at once: a table to look through before anything is saved. */
export function SeveralAccounts({ bridge, brokers, several, onBack }: SeveralAccountsProps) {
  const { table, rows, asking, given, missed, busy, announcement, chosen, ...actions } = several
  const hasSaved = rows.some(({ saved }) => saved)
  const isDone = hasSaved && chosen.length === 0
  const saveWords = chosen.length === 1 ? 'Save 1 account' : `Save ${String(chosen.length)} accounts`
  return (
    <main
      className={frame['frame']}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented && !busy && !hasSaved) onBack()
      }}
    >
      <div className={classes(frame['body'], css['body'])}>
        <div className={css['top']}>
          <h1>Several accounts at once</h1>
          <p className={text['help']}>
            Choose your .env files, one account each, or the QR codes of a Google Authenticator export. You
            see here what was found before anything is saved, and never a secret.
          </p>
          <div className={buttons['buttons']}>
            <Button autoFocus aria-disabled={busy} onClick={() => void actions.choose('files')}>
              Choose files…
            </Button>
            <Button aria-disabled={busy} onClick={() => void actions.choose('folder')}>
              Choose a folder…
            </Button>
          </div>
        </div>
        {table?.notes.map((note) => (
          <p className={text['help']} key={note}>
            <bdi>{note}</bdi>
          </p>
        ))}
        {rows.length > 0 && (
          <ul className={css['rows']}>
            {rows.map((row) => (
              <SeveralRowItem
                key={row.id}
                row={row}
                busy={busy}
                onChange={(part) => {
                  actions.change(row.id, part)
                }}
              />
            ))}
          </ul>
        )}
        {asking.size > 0 && (
          <fieldset className={classes(box['box'], terms['terms'])}>
            <legend className={box['legend']}>Before TokenTray logs in for you</legend>
            {brokers
              .filter(({ id }) => asking.has(id))
              .map((broker) => (
                <div key={broker.id}>
                  <TermsLabel broker={broker} />
                  <p>{broker.terms.sentence}</p>
                  <p className={text['help']}>Source: {broker.terms.source}</p>
                </div>
              ))}
            <p>With password and TOTP secret on one computer, whoever gets into it has both.</p>
            <ConsentBox
              name="terms"
              isMissed={missed.terms && !given.terms}
              checked={given.terms}
              onChange={(isTicked) => {
                actions.set({ acceptedTerms: isTicked ? [...asking] : [] })
              }}
            >
              I accept the risk. Log in for me.
            </ConsentBox>
          </fieldset>
        )}
        {actions.asksElectron && table?.oldElectron != null && (
          <OldElectronBox version={table.oldElectron}>
            <ConsentBox
              name="electron"
              isMissed={missed.electron && !given.electron}
              checked={given.electron}
              onChange={(isTicked) => {
                actions.set({ acceptedElectron: isTicked })
              }}
            >
              {USE_OLD_ELECTRON}
            </ConsentBox>
          </OldElectronBox>
        )}
        <p className={text['unseen']} role="status">
          {announcement}
        </p>
      </div>
      <footer className={frame['bar']}>
        <p className={classes(text['help'], footer['words'])}>Saved only in this computer’s keychain.</p>
        <div className={classes(buttons['buttons'], footer['buttons'])}>
          {!isDone && (
            <Button aria-disabled={busy} onClick={hasSaved ? () => void bridge.close() : onBack}>
              {hasSaved ? 'Close' : 'Back'}
            </Button>
          )}
          {isDone ? (
            <Button look="primary" autoFocus onClick={() => void bridge.close()}>
              Done
            </Button>
          ) : (
            chosen.length > 0 && (
              <Button look="primary" aria-disabled={busy} onClick={() => void actions.save()}>
                {busy ? 'Saving…' : saveWords}
              </Button>
            )
          )}
        </div>
      </footer>
    </main>
  )
}
