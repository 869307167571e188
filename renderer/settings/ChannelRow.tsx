import { useEffect, useRef, useState, type SyntheticEvent } from 'react'
import type { SettingOutcome, SettingsBridge, NotificationChannel } from '../../electron/contract/settings.ts'
import { setOnWords } from '../shared/set-on.ts'
import { Row } from './Row.tsx'
import type { SettingsState } from './useSettings.ts'

interface ChannelRowProps {
  channel: NotificationChannel
  label: string
  help: string
  fields: readonly { name: string; label: string; help: string }[]
  keep: (values: Readonly<Record<string, string>>) => Promise<SettingOutcome>
  bridge: SettingsBridge
  state: SettingsState
}

/** Shows one channel. *Save* reads its inputs once; React never holds the values, and the page never shows them again. */
export function ChannelRow({ channel, label, help, fields, keep, bridge, state }: ChannelRowProps) {
  const { view, outcome, ask } = state
  const { on, setAt } = view.channels[channel]
  const [openedAt] = useState(() => Date.now())
  const controls = useRef<HTMLDivElement>(null)
  const wasOn = useRef(on)

  // The used control is removed, so the one that replaces it takes the focus.
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
      const reply = await keep(values)
      if (reply.ok) form.reset()
      return reply
    }
    void ask(channel, save)
  }

  const setOn = setAt === null ? 'set' : setOnWords(setAt, openedAt)
  return (
    <Row
      id={channel}
      label={on ? `${label} · ${setOn}` : label}
      labelled={false}
      help={help}
      outcome={outcome}
    >
      <div className="channel" ref={controls}>
        {on ? (
          <div className="channel-buttons" role="group" aria-labelledby={`${channel}-label`}>
            <button
              type="button"
              className="button"
              onClick={() =>
                void ask(channel, () => bridge.testChannel({ channel }), 'Sent. Look whether it has arrived.')
              }
            >
              Send a test message
            </button>
            <button
              type="button"
              className="button"
              onClick={() => void ask(channel, () => bridge.forgetChannel({ channel }), 'Forgotten')}
            >
              Forget
            </button>
          </div>
        ) : (
          <form className="channel-form" aria-labelledby={`${channel}-label`} noValidate onSubmit={onSubmit}>
            {fields.map((field) => (
              <div key={field.name} className="channel-field">
                <label htmlFor={`${channel}-${field.name}`}>{field.label}</label>
                <input
                  type="password"
                  id={`${channel}-${field.name}`}
                  name={field.name}
                  className="input"
                  autoComplete="off"
                  spellCheck={false}
                  aria-describedby={`${channel}-${field.name}-help ${channel}-outcome`}
                />
                <p className="help" id={`${channel}-${field.name}-help`}>
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
