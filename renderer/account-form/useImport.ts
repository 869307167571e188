import { useState } from 'react'
import { MAX_FILE_BYTES } from '../../electron/contract/fields.ts'
import type {
  AccountFormBridge,
  EnvPreview,
  ImportOutcome,
  ImportSource,
} from '../../electron/contract/account-form.ts'

/** Holds the message of an import, for the place in the form where the import was started. */
export interface ImportMessage {
  readonly at: 'totp' | 'top'
  readonly tone: 'bad' | 'info'
  readonly words: readonly string[]
}

export interface Importing {
  readonly isImporting: boolean
  readonly message: ImportMessage | null
  readonly preview: EnvPreview | null
  readonly closePreview: () => void
  readonly importFrom: (source: ImportSource) => Promise<void>
  readonly importFile: (file: Blob, name: string, at: ImportMessage['at']) => Promise<void>
}

const failed: ImportOutcome = { kind: 'wrong', message: 'This did not work. Try it again.' }
const tooLarge: ImportOutcome = {
  kind: 'wrong',
  message: 'This file is larger than 10 MB. Of a photo, cut out the part with the QR code.',
}
const MAX_NAME = 200

/** Imports a TOTP secret or a `.env` file. The found secrets stay in the main process. */
export function useImport(bridge: AccountFormBridge, brokerId: string, onSecrets: () => void): Importing {
  const [isImporting, setImporting] = useState(false)
  const [message, setMessage] = useState<ImportMessage | null>(null)
  const [preview, setPreview] = useState<EnvPreview | null>(null)

  const run = async (at: ImportMessage['at'], ask: () => Promise<ImportOutcome>): Promise<void> => {
    if (isImporting) return
    setImporting(true)
    setMessage(null)
    const outcome = await ask().catch(() => failed)
    setImporting(false)
    if (outcome.kind === 'wrong') setMessage({ at, tone: 'bad', words: [outcome.message] })
    if (outcome.kind === 'env') setPreview(outcome.preview)
    if (outcome.kind !== 'secrets') return
    setMessage({ at: 'totp', tone: 'info', words: outcome.notes })
    onSecrets()
  }

  return {
    isImporting,
    message,
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
