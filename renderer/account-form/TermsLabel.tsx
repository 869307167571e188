import type { BrokerView } from '../../electron/contract/account-form.ts'
import css from './TermsLabel.module.css'

type Label = BrokerView['terms']['label']

interface Words {
  readonly tone: 'good' | 'warn' | 'bad'
  readonly text: string
  /** For a list. */
  readonly short: string
}

const words: Record<Label, Words> = {
  'documented machine login': {
    tone: 'good',
    text: 'Login documented for programs',
    short: 'Documented',
  },
  'private login endpoints': {
    tone: 'warn',
    text: 'Uses the login page’s private addresses',
    short: 'Private addresses',
  },
  'staff say not allowed': {
    tone: 'bad',
    text: 'Broker’s staff say: not allowed',
    short: 'Staff say: not allowed',
  },
}

/** Shows a broker's position on logins by programs in a few words. */
export function TermsLabel({ label, short = false }: { label: Label; short?: boolean }) {
  const { tone, ...texts } = words[label]
  return (
    <span className={css['label']} data-tone={tone} data-short={short}>
      {short ? texts.short : texts.text}
    </span>
  )
}
