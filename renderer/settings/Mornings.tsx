import type { NoticeKind } from '../../electron/contract/settings.ts'
import { readTimeOfDay, timeOfDayWords } from '../shared/time-of-day.ts'
import { DraftInput } from './DraftInput.tsx'
import { OwnDaysRow } from './OwnDaysRow.tsx'
import { PauseRow } from './PauseRow.tsx'
import { describedBy, Row } from './Row.tsx'
import type { SettingsState } from './useSettings.ts'
import { SwitchRow } from './SwitchRow.tsx'
import { Section } from './Section.tsx'
import { classes } from '../shared/classes.ts'
import input from './input.module.css'
import css from './Mornings.module.css'

const notices: readonly [kind: NoticeKind, label: string][] = [
  ['failed', 'a login failed'],
  ['needsYou', 'an account needs me'],
  ['expiring', 'a token ends soon'],
  ['allReady', 'all accounts are ready'],
]

export function Mornings(state: SettingsState) {
  const { view, outcome, change } = state
  const { schedule, notifications, hour12 } = view.settings
  return (
    <Section id="mornings" title="Mornings">
      <SwitchRow
        id="scheduleOn"
        label="Log in every morning"
        help="On the days that the exchange is open. Accounts where you sign in yourself wait for you."
        on={schedule.on}
        outcome={outcome}
        onChange={(on) => void change('scheduleOn', { scheduleOn: on })}
      />
      <Row id="scheduleAt" label="Login time" help="IST. Accounts can have their own." outcome={outcome}>
        <DraftInput
          type="text"
          id="scheduleAt"
          className={classes(input['input'], input['time'])}
          autoComplete="off"
          spellCheck={false}
          aria-describedby={describedBy('scheduleAt')}
          disabled={!schedule.on}
          value={timeOfDayWords(schedule.at, hour12)}
          isWhole={(text) => readTimeOfDay(text) !== null}
          commit={(text) => void change('scheduleAt', { scheduleAt: readTimeOfDay(text) ?? text })}
        />
      </Row>
      <PauseRow {...state} />
      <OwnDaysRow {...state} />
      <fieldset className={css['group']}>
        <legend>Show a notification when</legend>
        {notices.map(([kind, label]) => (
          <SwitchRow
            key={kind}
            id={`notify-${kind}`}
            label={label}
            on={notifications[kind]}
            outcome={outcome}
            onChange={(on) => void change(`notify-${kind}`, { notifyOf: kind, on })}
          />
        ))}
      </fieldset>
    </Section>
  )
}
