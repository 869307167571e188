import type { BrokerView, DraftView, FieldView, FormView } from '../../electron/contract/account-form.ts'

/** The time of the tests in this folder: noon in India on 12 November. */
export const NOON = Date.UTC(2025, 10, 12, 6, 30)

const field = (name: string, label: string, part: Partial<FieldView> = {}): FieldView => ({
  name,
  label,
  help: `Where to find the ${label}.`,
  secret: false,
  totp: false,
  optional: false,
  typedThere: false,
  ...part,
})

/** A broker with one field of each kind; one field has the same name as an input of the form itself. */
export const broker: BrokerView = {
  id: 'made-up',
  name: 'Made-up Broker',
  initials: 'MB',
  colour: '#e25f38',
  needs: 'user ID, password, TOTP',
  suggestedName: 'made-up-2',
  fields: [
    field('user_id', 'User ID'),
    field('password', 'Password', { secret: true }),
    field('totp_secret', 'TOTP secret', { secret: true, totp: true, optional: true }),
    field('name', 'Device name', { optional: true }),
  ],
  modes: ['unattended'],
  endpoints: [{ key: 'api', url: 'https://api.made-up.example' }],
  pages: { login: 'made-up.example', developers: null },
  older: false,
  earliestTime: null,
  terms: {
    label: 'staff say not allowed',
    sentence: 'Their staff say that it is not allowed.',
    source: 'made-up.example/forum',
  },
}

export const morningRun: NonNullable<FormView['morningRun']> = { on: true, usualTime: '08:15', hour12: false }

type Editing = NonNullable<FormView['editing']>

export const editing = (part: Partial<Editing> = {}): Editing => ({
  name: 'main',
  brokerId: broker.id,
  values: { user_id: 'AB1234', name: 'desk' },
  endpoints: {},
  proxy: '',
  secretsSetAt: { password: NOON, totp_secret: NOON },
  mode: 'unattended',
  ownTime: null,
  termsAcceptedAt: NOON,
  ...part,
})

export const totp = (part: Partial<NonNullable<DraftView['totp']>> = {}): NonNullable<DraftView['totp']> => ({
  name: '',
  from: 'typed',
  code: { code: '492039', next: '107458', startsAt: NOON, endsAt: NOON + 30_000 },
  ...part,
})
