import { useRef, type SyntheticEvent } from 'react'
import { lockLimits } from '../../electron/contract/settings-limits.ts'
import type { SettingOutcome, SettingsBridge } from '../../electron/contract/settings.ts'
import { DraftInput } from './DraftInput.tsx'
import { describedBy, Row } from './Row.tsx'
import { SwitchRow } from './SwitchRow.tsx'
import type { SettingsState } from './useSettings.ts'
import { Button } from '../shared/Button.tsx'
import { classes } from '../shared/classes.ts'
import { Section } from './Section.tsx'
import channel from './ChannelRow.module.css'
import input from './input.module.css'

const { min, max } = lockLimits
const fits = (text: string): boolean => /^\d{1,3}$/.test(text) && Number(text) >= min && Number(text) <= max

const whatItDoes =
  'Shows no codes and copies nothing before you have confirmed that it is you: after a while without you, when the ' +
  'screen is locked, after sleep and at each start. It keeps out whoever finds your desk open. The command line ' +
  'does not ask: there the keychain is the gate.'

/** Turns the lock on and off, and says when it locks. */
export function LockSection({ bridge, state }: { bridge: SettingsBridge; state: SettingsState }) {
  const { view, outcome, ask, change } = state
  const { on, afterMinutes, logsIn } = view.settings.lock
  return (
    <Section id="lock" title="Lock">
      <Row
        id="lockOn"
        label={on ? 'Ask for a passphrase · on' : 'Ask for a passphrase'}
        labelled={false}
        help={on ? 'Forgotten? “tokentray lock off” in a terminal removes the lock.' : whatItDoes}
        outcome={outcome}
      >
        {on ? (
          <PassphraseForm
            key="off"
            button="Turn off"
            fields={['Passphrase']}
            send={([passphrase = '']) =>
              ask('lockOn', () => bridge.turnOffLock({ passphrase }), 'Turned off')
            }
          />
        ) : (
          <PassphraseForm
            key="on"
            button="Turn on"
            fields={['New passphrase', 'The same again']}
            send={([passphrase = '', again = '']) =>
              ask(
                'lockOn',
                (): Promise<SettingOutcome> => bridge.turnOnLock({ passphrase, again }),
                'Turned on',
              )
            }
          />
        )}
      </Row>
      {on && (
        <>
          <Row
            id="lockAfterMinutes"
            label="Lock after"
            help={
              view.wayland
                ? `Without use of TokenTray, because your desktop does not tell how long the computer was not used. From ${String(min)} to ${String(max)} minutes.`
                : `Without a key or the mouse on this computer. From ${String(min)} to ${String(max)} minutes.`
            }
            outcome={outcome}
          >
            <DraftInput
              type="number"
              id="lockAfterMinutes"
              className={classes(input['input'], input['number'])}
              min={min}
              max={max}
              aria-describedby={describedBy('lockAfterMinutes')}
              value={String(afterMinutes)}
              isWhole={fits}
              commit={(text) => void change('lockAfterMinutes', { lockAfterMinutes: Number(text) })}
            />{' '}
            minutes
          </Row>
          <SwitchRow
            id="logsInLocked"
            label="Log in while locked"
            help="The schedule goes on. Off: it waits until you unlock."
            on={logsIn}
            outcome={outcome}
            onChange={(isOn) => void change('logsInLocked', { logsInLocked: isOn })}
          />
        </>
      )}
    </Section>
  )
}

interface PassphraseFormProps {
  button: string
  /** The labels of the inputs. */
  fields: readonly string[]
  send: (typed: readonly string[]) => Promise<void>
}

/** Reads its inputs once and empties them; React never holds what was typed. */
function PassphraseForm({ button, fields, send }: PassphraseFormProps) {
  const form = useRef<HTMLFormElement>(null)
  const onSubmit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const typed = fields.map((label) => {
      const value = data.get(label)
      return typeof value === 'string' ? value : ''
    })
    if (typed.includes('')) return
    void send(typed).then(() => form.current?.reset())
  }
  return (
    <form
      ref={form}
      className={channel['form']}
      aria-labelledby="lockOn-label"
      noValidate
      onSubmit={onSubmit}
    >
      {fields.map((label) => (
        <div key={label} className={channel['field']}>
          <label htmlFor={`lock-${label}`}>{label}</label>
          <input
            type="password"
            id={`lock-${label}`}
            name={label}
            className={input['input']}
            autoComplete="off"
            spellCheck={false}
            aria-describedby={describedBy('lockOn')}
          />
        </div>
      ))}
      <Button type="submit">{button}</Button>
    </form>
  )
}
