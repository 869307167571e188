import { useEffect, useState } from 'react'
import type {
  SettingChange,
  SettingOutcome,
  SettingsBridge,
  SettingsView,
} from '../../electron/contract/settings.ts'

/** Holds the outcome of the last change, which its setting shows until the next change. */
export interface ChangeOutcome {
  /** The row's id. */
  readonly row: string
  readonly ok: boolean
  readonly words: string
}

export interface SettingsState {
  readonly view: SettingsView
  readonly outcome: ChangeOutcome | null
  /** Sends a row's request and shows its outcome at the row. */
  readonly ask: (row: string, request: () => Promise<SettingOutcome>, done?: string) => Promise<void>
  readonly change: (row: string, change: SettingChange) => Promise<void>
}

const broken = 'That did not work. Try again; if it stays so, restart TokenTray.'

export function useSettings(bridge: SettingsBridge, first: SettingsView): SettingsState {
  const [view, setView] = useState(first)
  const [outcome, setOutcome] = useState<ChangeOutcome | null>(null)
  useEffect(() => bridge.on('viewChanged', setView), [bridge])

  const ask: SettingsState['ask'] = async (row, request, done = 'Saved') => {
    setOutcome(null)
    try {
      const reply = await request()
      setOutcome({ row, ok: reply.ok, words: reply.ok ? done : reply.message })
    } catch {
      setOutcome({ row, ok: false, words: broken })
    }
  }
  return { view, outcome, ask, change: (row, change) => ask(row, () => bridge.change(change)) }
}
