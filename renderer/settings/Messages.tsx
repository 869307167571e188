import { useState } from 'react'
import type { SettingsBridge } from '../../electron/contract/settings.ts'
import type { SettingsState } from './useSettings.ts'
import { ChannelRow } from './ChannelRow.tsx'
import css from './Messages.module.css'
import { Section } from './Section.tsx'

/** Shows the notification channels besides this desktop. */
export function Messages({ bridge, state }: { bridge: SettingsBridge; state: SettingsState }) {
  const { webhook, telegram } = state.view.channels
  const isOn = webhook.on || telegram.on
  // It never folds by itself, which would hide the form that the focus is in.
  const [isOpen, setIsOpen] = useState(isOn)
  return (
    <Section id="messages" title="Alerts on your phone">
      <details
        className={css['fold']}
        open={isOpen || isOn}
        onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
      >
        <summary>{isOn ? 'Webhook, Telegram' : 'Add a webhook or Telegram'}</summary>
        <ChannelRow
          channel="webhook"
          label="Webhook"
          help="Posts each alert to a webhook, such as Slack’s or Discord’s. Never a token, code or password."
          fields={[{ name: 'address', label: 'Address', help: 'https://… as the service shows it.' }]}
          keep={(values) => bridge.keepWebhook({ address: values['address'] ?? '' })}
          bridge={bridge}
          state={state}
        />
        <ChannelRow
          channel="telegram"
          label="Telegram"
          help="Through your own Telegram bot. Send it /start first."
          fields={[
            { name: 'token', label: 'Bot token', help: 'From @BotFather, such as 123456:ABC-def.' },
            { name: 'chat', label: 'Chat', help: 'Its number, or @ and the name of a channel.' },
          ]}
          keep={(values) => bridge.keepTelegram({ token: values['token'] ?? '', chat: values['chat'] ?? '' })}
          bridge={bridge}
          state={state}
        />
      </details>
    </Section>
  )
}
