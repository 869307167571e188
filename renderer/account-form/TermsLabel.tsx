import type { BrokerView } from '../../electron/contract/account-form.ts'
import css from './TermsLabel.module.css'

type Label = BrokerView['terms']['label']

const words: Record<Label, { tone: 'good' | 'warn' | 'bad'; text: string }> = {
  'documented machine login': { tone: 'good', text: 'Login documented for programs' },
  'private login endpoints': { tone: 'warn', text: 'Uses the login page’s private addresses' },
  'staff say not allowed': { tone: 'bad', text: 'Broker’s staff say: not allowed' },
}

/** Shows a broker's position on logins by programs in a few words. */
export function TermsLabel({ label }: { label: Label }) {
  const { tone, text } = words[label]
  return (
    <span className={css['label']} data-tone={tone}>
      {text}
    </span>
  )
}
