import { useEffect, useRef, useState } from 'react'
import type { SyntheticEvent } from 'react'
import type { SettingsBridge } from '../../electron/contract/settings-bridge.ts'
import type { SettingOutcome, WayOut } from '../../electron/contract/settings.ts'
import { setOnWords } from '../shared/set-on.ts'
import { Row } from './Row.tsx'
import type { SettingsState } from './useSettings.ts'

interface WayRowProps {
  way: WayOut
  label: string
  help: string
  fields: readonly { name: string; label: string; help: string }[]
  keep: (values: Readonly<Record<string, string>>) => Promise<SettingOutcome>
  bridge: SettingsBridge
  state: SettingsState
}

/** One place besides this desktop. What is typed is read once, on *Save*, and never held by React or shown again. */
export function WayRow({ way, label, help, fields, keep, bridge, state }: WayRowProps) {
  const { view, told, ask } = state
  const { on, setAt } = view.waysOut[way]
  const [openedAt] = useState(() => Date.now())
  const controls = useRef<HTMLDivElement>(null)
  const wasOn = useRef(on)

  // The control that was used has just gone; its successor takes the focus.
  useEffect(() => {
    if (wasOn.current !== on && document.activeElement === document.body) {
      controls.current?.querySelector<HTMLElement>('input, button')?.focus()
    }
    wasOn.current = on
  }, [on])

  const onSubmit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = event.currentTarget
    const data = new FormData(form)
    const values = Object.fromEntries(
      fields.map(({ name }) => {
        const value = data.get(name)
        return [name, typeof value === 'string' ? value : '']
      }),
    )
    const save = async (): Promise<SettingOutcome> => {
      const outcome = await keep(values)
      if (outcome.ok) form.reset()
      return outcome
    }
    void ask(way, save)
  }

  const setOn = setAt === null ? 'set' : setOnWords(setAt, openedAt)
  return (
    <Row id={way} label={on ? `${label} · ${setOn}` : label} labelled={false} help={help} told={told}>
      <div className="way" ref={controls}>
        {on ? (
          <div className="way-buttons" role="group" aria-labelledby={`${way}-label`}>
            <button
              type="button"
              className="button"
              onClick={() => void ask(way, () => bridge.tryWay(way), 'Sent. Look whether it has arrived.')}
            >
              Send a test message
            </button>
            <button
              type="button"
              className="button"
              onClick={() => void ask(way, () => bridge.forgetWay(way), 'Forgotten')}
            >
              Forget
            </button>
          </div>
        ) : (
          <form className="way-form" aria-labelledby={`${way}-label`} noValidate onSubmit={onSubmit}>
            {fields.map((field) => (
              <div key={field.name} className="way-field">
                <label htmlFor={`${way}-${field.name}`}>{field.label}</label>
                <input
                  type="password"
                  id={`${way}-${field.name}`}
                  name={field.name}
                  className="input"
                  autoComplete="off"
                  spellCheck={false}
                  aria-describedby={`${way}-${field.name}-help ${way}-told`}
                />
                <p className="help" id={`${way}-${field.name}-help`}>
                  {field.help}
                </p>
              </div>
            ))}
            <button type="submit" className="button">
              Save
            </button>
          </form>
        )}
      </div>
    </Row>
  )
}
