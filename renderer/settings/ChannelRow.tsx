import { useEffect, useRef, useState, type SyntheticEvent } from 'react'
import type { SettingOutcome, SettingsBridge, NotificationChannel } from '../../electron/contract/settings.ts'
import { setOnWords } from '../shared/set-on.ts'
import { Row } from './Row.tsx'
import type { SettingsState } from './useSettings.ts'
import { Button } from '../shared/Button.tsx'
import text from '../shared/text.module.css'
import group from './controls.module.css'
import input from './input.module.css'
import css from './ChannelRow.module.css'

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
      <div className={css['channel']} ref={controls}>
        {on ? (
          <div className={group['controls']} role="group" aria-labelledby={`${channel}-label`}>
            <Button
              onClick={() =>
                void ask(channel, () => bridge.testChannel({ channel }), 'Sent. Look whether it has arrived.')
              }
            >
              Send a test message
            </Button>
            <Button onClick={() => void ask(channel, () => bridge.forgetChannel({ channel }), 'Forgotten')}>
              Forget
            </Button>
          </div>
        ) : (
          <form className={css['form']} aria-labelledby={`${channel}-label`} noValidate onSubmit={onSubmit}>
            {fields.map((field) => (
              <div key={field.name} className={css['field']}>
                <label htmlFor={`${channel}-${field.name}`}>{field.label}</label>
                <input
                  type="password"
                  id={`${channel}-${field.name}`}
                  name={field.name}
                  className={input['input']}
                  autoComplete="off"
                  spellCheck={false}
                  aria-describedby={`${channel}-${field.name}-help ${channel}-outcome`}
                />
                <p className={text['help']} id={`${channel}-${field.name}-help`}>
                  {field.help}
                </p>
              </div>
            ))}
            <Button type="submit">Save</Button>
          </form>
        )}
      </div>
    </Row>
  )
}
