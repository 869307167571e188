import type { SettingsBridge } from '../../electron/contract/settings.ts'
import type { SettingsState } from './useSettings.ts'
import { ChannelRow } from './ChannelRow.tsx'
import { Section } from './Section.tsx'

/** Shows the notification channels besides this desktop. */
export function Messages({ bridge, state }: { bridge: SettingsBridge; state: SettingsState }) {
  return (
    <Section id="messages" title="Messages elsewhere">
      <ChannelRow
        channel="webhook"
        label="Webhook"
        help="Posts what the notifications say to an address of yours, as chat services such as Slack take it. No token, code or password is ever in it."
        fields={[{ name: 'address', label: 'Address', help: 'https://… as the service shows it.' }]}
        keep={(values) => bridge.keepWebhook({ address: values['address'] ?? '' })}
        bridge={bridge}
        state={state}
      />
      <ChannelRow
        channel="telegram"
        label="Telegram"
        help="The same by a bot of yours. Write to it once first: a bot may not begin."
        fields={[
          { name: 'token', label: 'Bot token', help: 'From @BotFather, such as 123456:ABC-def.' },
          { name: 'chat', label: 'Chat', help: 'Its number, or @ and the name of a channel.' },
        ]}
        keep={(values) => bridge.keepTelegram({ token: values['token'] ?? '', chat: values['chat'] ?? '' })}
        bridge={bridge}
        state={state}
      />
    </Section>
  )
}
