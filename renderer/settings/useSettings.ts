import { useEffect, useState } from 'react'
import type {
  SettingChange,
  SettingOutcome,
  SettingsBridge,
  SettingsView,
} from '../../electron/contract/settings.ts'

/** How the last change ended. It is shown beside its setting until the next one. */
export interface Told {
  /** The row's id. */
  readonly row: string
  readonly ok: boolean
  readonly words: string
}

export interface SettingsState {
  readonly view: SettingsView
  readonly told: Told | null
  /** Sends a row's request and shows at the row how it ended. */
  readonly ask: (row: string, request: () => Promise<SettingOutcome>, done?: string) => Promise<void>
  readonly change: (row: string, change: SettingChange) => Promise<void>
}

const broken = 'That did not work. Try again; if it stays so, restart TokenTray.'

export function useSettings(bridge: SettingsBridge, first: SettingsView): SettingsState {
  const [view, setView] = useState(first)
  const [told, setTold] = useState<Told | null>(null)
  useEffect(() => bridge.on('viewChanged', setView), [bridge])

  const ask: SettingsState['ask'] = async (row, request, done = 'Saved') => {
    setTold(null)
    try {
      const outcome = await request()
      setTold({ row, ok: outcome.ok, words: outcome.ok ? done : outcome.message })
    } catch {
      setTold({ row, ok: false, words: broken })
    }
  }
  return { view, told, ask, change: (row, change) => ask(row, () => bridge.change(change)) }
}
