import { useState, type KeyboardEvent } from 'react'
import type { SettingsBridge } from '../../electron/contract/settings.ts'
import { recordPress, shortcutWords, type RecordedKeys } from './recorder.ts'
import { describedBy, Row } from './Row.tsx'
import type { SettingsState } from './useSettings.ts'
import { Button } from '../shared/Button.tsx'
import { classes } from '../shared/classes.ts'
import text from '../shared/text.module.css'
import css from './ShortcutRow.module.css'

const ID = 'shortcut'
const waylandHelp =
  'On Wayland your desktop decides: it may ask you first, or not hear it while another program has the keyboard. ' +
  'What always works is a shortcut of the desktop’s own that starts TokenTray once more: that opens it.'

/** Records a shortcut from the keys that the user presses. */
export function ShortcutRow({ bridge, state }: { bridge: SettingsBridge; state: SettingsState }) {
  const { view, outcome, change } = state
  const { settings, platform, shortcutProblem, wayland } = view
  const [recorded, setRecorded] = useState<RecordedKeys | null>(null)
  const [recording, setRecording] = useState(false)
  const { shortcut } = settings

  const record = (on: boolean): void => {
    setRecorded(null)
    setRecording(on)
    void bridge.recordShortcut({ recording: on }).catch(() => undefined)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    // Tab keeps moving the focus.
    if (!recording || event.key === 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') record(false)
    else if (!event.repeat) setRecorded(recordPress(event, platform))
  }
  // Registered on release, because a held key repeats and would open and hide the popover at once.
  const onKeyUp = (event: KeyboardEvent): void => {
    if (!recording) return
    // Otherwise releasing Space presses the button.
    event.preventDefault()
    if (recorded?.kind !== 'shortcut') {
      if (recorded?.kind === 'modifiers') setRecorded(null)
      return
    }
    void change(ID, { shortcut: recorded.shortcut }).then(() => {
      record(false)
    })
  }

  const inUse = shortcut === null ? 'Record a shortcut' : shortcutWords(shortcut, platform)
  const help = 'Opens and hides TokenTray, whatever program you are in.'
  return (
    <Row
      id={ID}
      label="Shortcut"
      labelled={false}
      help={wayland ? `${help} ${waylandHelp}` : help}
      outcome={outcome}
    >
      <span className={css['keys']} data-recording={recording}>
        <Button
          id={ID}
          aria-labelledby={`${ID}-label ${ID}`}
          aria-describedby={`${describedBy(ID)} ${ID}-hint`}
          onClick={() => {
            if (!recording) record(true)
          }}
          onBlur={() => {
            if (recording) record(false)
          }}
          onKeyDown={onKeyDown}
          onKeyUp={onKeyUp}
        >
          {recording ? recordedWords(recorded) : inUse}
        </Button>
      </span>
      {shortcut !== null && !recording && (
        <Button aria-label="Clear the shortcut" onClick={() => void change(ID, { shortcut: null })}>
          Clear
        </Button>
      )}
      <p
        className={classes(text['help'], css['hint'])}
        id={`${ID}-hint`}
        data-problem={!recording && shortcutProblem !== null}
      >
        {recording
          ? 'Press the shortcut. Esc cancels. No reaction? Your desktop uses it already.'
          : shortcutProblem}
      </p>
    </Row>
  )
}

function recordedWords(recorded: RecordedKeys | null): string {
  if (recorded === null) return 'Press the keys…'
  return recorded.kind === 'unusable' ? 'Not this key' : recorded.words
}
