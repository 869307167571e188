import type { BrokerView } from '../../electron/contract/account-form.ts'
import { houseName } from '../../electron/contract/words.ts'
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
    text: 'official API login',
    short: 'Official API',
  },
  'private login endpoints': {
    tone: 'warn',
    text: 'unofficial, may break',
    short: 'Unofficial',
  },
  'staff say not allowed': {
    tone: 'bad',
    text: 'automatic login not allowed',
    short: 'Automatic: not allowed',
  },
}

/** Shows a broker's position on logins by programs in a few words. */
export function TermsLabel({ broker, short = false }: { broker: BrokerView; short?: boolean }) {
  const { label } = broker.terms
  const { tone, ...texts } = words[label]
  return (
    <span className={css['label']} data-tone={tone} data-short={short}>
      {short ? texts.short : `${houseName(broker.name)}: ${texts.text}`}
    </span>
  )
}
