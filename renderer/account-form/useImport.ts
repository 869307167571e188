import { useState } from 'react'
import { MAX_FILE_BYTES } from '../../electron/contract/fields.ts'
import type {
  AccountFormBridge,
  EnvPreview,
  ImportOutcome,
  ImportSource,
} from '../../electron/contract/account-form.ts'

/** What an import has to say, for the place in the form where it was asked for. */
export interface Said {
  readonly at: 'totp' | 'top'
  readonly tone: 'bad' | 'info'
  readonly words: readonly string[]
}

export interface Importing {
  readonly isImporting: boolean
  readonly said: Said | null
  readonly preview: EnvPreview | null
  readonly closePreview: () => void
  readonly importFrom: (source: ImportSource) => Promise<void>
  readonly importFile: (file: Blob, name: string, at: Said['at']) => Promise<void>
}

const failed: ImportOutcome = { kind: 'wrong', message: 'This did not work. Try it again.' }
const tooLarge: ImportOutcome = {
  kind: 'wrong',
  message: 'This file is larger than 10 MB. Of a photo, cut out the part with the QR code.',
}
const MAX_NAME = 200

/** Imports a TOTP secret or a `.env` file. What is found stays in the main process. */
export function useImport(bridge: AccountFormBridge, brokerId: string, onSecrets: () => void): Importing {
  const [isImporting, setImporting] = useState(false)
  const [said, setSaid] = useState<Said | null>(null)
  const [preview, setPreview] = useState<EnvPreview | null>(null)

  const run = async (at: Said['at'], ask: () => Promise<ImportOutcome>): Promise<void> => {
    if (isImporting) return
    setImporting(true)
    setSaid(null)
    const outcome = await ask().catch(() => failed)
    setImporting(false)
    if (outcome.kind === 'wrong') setSaid({ at, tone: 'bad', words: [outcome.message] })
    if (outcome.kind === 'env') setPreview(outcome.preview)
    if (outcome.kind !== 'secrets') return
    setSaid({ at: 'totp', tone: 'info', words: outcome.notes })
    onSecrets()
  }

  return {
    isImporting,
    said,
    preview,
    closePreview: () => {
      setPreview(null)
    },
    importFrom: (source) =>
      run(source === 'env-file' ? 'top' : 'totp', () => bridge.importFrom({ source, brokerId })),
    importFile: (file, name, at) =>
      run(at, async () => {
        if (file.size > MAX_FILE_BYTES) return tooLarge
        const bytes = new Uint8Array(await file.arrayBuffer())
        return bridge.importFile({ file: bytes, name: name.slice(0, MAX_NAME), brokerId })
      }),
  }
}
