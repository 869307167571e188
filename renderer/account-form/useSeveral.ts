import { useState } from 'react'
import type { AccountFormBridge } from '../../electron/contract/account-form.ts'
import { accountSlug } from '../../electron/contract/fields.ts'
import type { SeveralOption, SeveralRow, SeveralTable } from '../../electron/contract/several.ts'

/** A row of the table as the user has changed it. */
export interface EditedRow extends SeveralRow {
  readonly brokerId: string
  readonly ticked: boolean
  readonly saved: boolean
  /** Why the last save was refused, in sentences; null for not. */
  readonly refused: string | null
}

/** Returns what a row is saved as; undefined for a file that can't be read. */
export const optionOf = ({ options, brokerId }: EditedRow): SeveralOption | undefined =>
  options.find((option) => option.brokerId === brokerId)

/** The consents that a save may need. */
type Consents = Readonly<Record<'terms' | 'electron', boolean>>

interface Several {
  /** Null until files were chosen. */
  readonly table: Omit<SeveralTable, 'rows'> | null
  readonly rows: readonly EditedRow[]
  /** The brokers whose terms were accepted: those that were shown when the box was ticked. */
  readonly acceptedTerms: readonly string[]
  readonly acceptedElectron: boolean
  /** The consents without which the last save was refused. */
  readonly missed: Consents
  readonly busy: boolean
  /** For screen readers. */
  readonly announcement: string
}

const none: Consents = { terms: false, electron: false }

/** Holds the table of several accounts and saves them one after the other. */
export function useSeveral(bridge: AccountFormBridge) {
  const [several, setSeveral] = useState<Several>({
    table: null,
    rows: [],
    acceptedTerms: [],
    acceptedElectron: false,
    missed: none,
    busy: false,
    announcement: '',
  })
  const set = (part: Partial<Several>): void => {
    setSeveral((before) => ({ ...before, ...part }))
  }
  const change = (id: number, part: Partial<EditedRow>): void => {
    setSeveral((before) => ({
      ...before,
      rows: before.rows.map((row) => (row.id === id ? { ...row, ...part } : row)),
    }))
  }
  const chosen = several.rows.filter(
    (row) => row.ticked && !row.saved && (optionOf(row)?.wrong ?? row.wrong) === null,
  )
  const asking = new Set(chosen.flatMap((row) => (optionOf(row)?.asksTerms ? [row.brokerId] : [])))
  const given: Consents = {
    terms: [...asking].every((brokerId) => several.acceptedTerms.includes(brokerId)),
    electron: several.acceptedElectron,
  }
  const asksElectron = chosen.some((row) => optionOf(row)?.asksElectron)

  const choose = async (source: 'files' | 'folder'): Promise<void> => {
    if (several.busy) return
    set({ busy: true })
    const table = await bridge.readSeveral({ source }).finally(() => {
      set({ busy: false })
    })
    if (table === null) return
    const rows = table.rows.map((row) => ({
      ...row,
      brokerId: row.options[0]?.brokerId ?? '',
      ticked: row.wanted,
      saved: false,
      refused: null,
    }))
    set({
      ...{ table, rows, acceptedTerms: [], acceptedElectron: false, missed: none },
      announcement: countWords(rows.length, 'found'),
    })
  }

  const save = async (): Promise<void> => {
    if (several.busy) return
    const missed = { terms: !given.terms, electron: asksElectron && !given.electron }
    set({ missed })
    const first = missed.terms ? 'terms' : missed.electron ? 'electron' : null
    if (first !== null) {
      document.getElementById(first)?.focus()
      return
    }
    set({ busy: true, announcement: '' })
    let saved = 0
    for (const { id, name, brokerId } of chosen) {
      const consents = { acceptTerms: given.terms, acceptElectron: given.electron }
      const refused = await bridge
        .saveSeveral({ row: id, name: accountSlug(name), brokerId, ...consents })
        .then(({ wrong }) => wrong)
        .catch(() => 'TokenTray could not save this one. Restart TokenTray and try again.')
      change(id, { saved: refused === null, refused })
      if (refused === null) saved += 1
    }
    const left = chosen.length - saved
    set({
      busy: false,
      announcement: `${countWords(saved, 'saved')}${left === 0 ? '' : `, ${String(left)} not`}`,
    })
  }

  return { ...several, chosen, asking, given, asksElectron, set, change, choose, save }
}

const countWords = (count: number, done: string): string =>
  `${String(count)} ${count === 1 ? 'account' : 'accounts'} ${done}`
