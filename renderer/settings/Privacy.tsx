import type { SettingsView } from '../../electron/contract/settings.ts'
import { clipboardLimits } from '../../electron/contract/settings-limits.ts'
import { DraftInput } from './DraftInput.tsx'
import { describedBy, Row } from './Row.tsx'
import type { SettingsState } from './useSettings.ts'
import { SwitchRow } from './SwitchRow.tsx'
import { Section } from './Section.tsx'
import { classes } from '../shared/classes.ts'
import input from './input.module.css'

/** How well hiding works; on Linux nothing can hide a window, and electron/shell/account-form/capture.ts names the sources. */
const captureHelp: Readonly<Record<Exclude<SettingsView['platform'], 'linux'>, string>> = {
  win32:
    'Leaves TokenTray’s windows out of screenshots, recordings and shared screens. A camera still sees them.',
  darwin:
    'Asks macOS to leave TokenTray’s windows out. From macOS 15 on, newer recorders and meeting apps show them all the same.',
}

/** The copies that clearing does not delete. A copy is marked as not to be kept, but other programs may ignore it. */
const keptHelp: Readonly<Record<SettingsView['platform'], string>> = {
  win32:
    ' Windows’ clipboard history (Windows + V) and clipboard managers may have kept it: look there, and delete it.',
  darwin: ' Clipboard managers are asked not to keep it.',
  linux: '',
}

const { min, max } = clipboardLimits
const fits = (text: string): boolean => /^\d{1,3}$/.test(text) && Number(text) >= min && Number(text) <= max

export function Privacy({ view, outcome, change }: SettingsState) {
  const { settings, platform } = view
  return (
    <Section id="privacy" title="Clipboard and screen">
      <Row
        id="clipboardSeconds"
        label="Clear the clipboard after"
        help={`Only what TokenTray copied. From ${String(min)} to ${String(max)} seconds.${keptHelp[platform]}`}
        outcome={outcome}
      >
        <DraftInput
          type="number"
          id="clipboardSeconds"
          className={classes(input['input'], input['number'])}
          min={min}
          max={max}
          aria-describedby={describedBy('clipboardSeconds')}
          value={String(settings.clipboardSeconds)}
          isWhole={fits}
          commit={(text) => void change('clipboardSeconds', { clipboardSeconds: Number(text) })}
        />{' '}
        seconds
      </Row>
      <SwitchRow
        id="blurCodes"
        label="Blur codes until pointed at"
        help="In the popover. Point at a code, or go to it with Tab, to read it; copying works all the same."
        on={settings.blurCodes}
        outcome={outcome}
        onChange={(on) => void change('blurCodes', { blurCodes: on })}
      />
      {platform !== 'linux' && (
        <SwitchRow
          id="hideFromCapture"
          label="Hide from screen capture"
          help={captureHelp[platform]}
          on={settings.hideFromCapture}
          outcome={outcome}
          onChange={(on) => void change('hideFromCapture', { hideFromCapture: on })}
        />
      )}
    </Section>
  )
}
