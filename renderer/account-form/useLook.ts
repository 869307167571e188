import { useState } from 'react'
import { MAX_FILE_BYTES } from '../../electron/contract/fields.ts'
import type { EnvPreview, LookOutcome, LookPlace } from '../../electron/contract/account-form.ts'
import type { AccountFormBridge } from '../../electron/contract/bridge.ts'

/** What came of looking somewhere, for the place in the form where it was asked for. */
export interface Said {
  readonly at: 'totp' | 'top'
  readonly tone: 'bad' | 'info'
  readonly words: readonly string[]
}

export interface Looking {
  readonly isLooking: boolean
  readonly said: Said | null
  readonly preview: EnvPreview | null
  readonly closePreview: () => void
  readonly look: (place: LookPlace) => Promise<void>
  readonly lookInto: (file: Blob, name: string, at: Said['at']) => Promise<void>
}

const failed: LookOutcome = { kind: 'wrong', message: 'This did not work. Try it again.' }
const tooLarge: LookOutcome = {
  kind: 'wrong',
  message: 'This file is larger than 10 MB. Of a photo, cut out the part with the QR code.',
}
const MAX_NAME = 200

/** Looks for a TOTP secret or a `.env` file. What is found stays in the main process. */
export function useLook(bridge: AccountFormBridge, brokerId: string, onSecrets: () => void): Looking {
  const [isLooking, setLooking] = useState(false)
  const [said, setSaid] = useState<Said | null>(null)
  const [preview, setPreview] = useState<EnvPreview | null>(null)

  const run = async (at: Said['at'], ask: () => Promise<LookOutcome>): Promise<void> => {
    if (isLooking) return
    setLooking(true)
    setSaid(null)
    const outcome = await ask().catch(() => failed)
    setLooking(false)
    if (outcome.kind === 'wrong') setSaid({ at, tone: 'bad', words: [outcome.message] })
    if (outcome.kind === 'env') setPreview(outcome.preview)
    if (outcome.kind !== 'secrets') return
    setSaid({ at: 'totp', tone: 'info', words: outcome.notes })
    onSecrets()
  }

  return {
    isLooking,
    said,
    preview,
    closePreview: () => {
      setPreview(null)
    },
    look: (place) => run(place === 'env-file' ? 'top' : 'totp', () => bridge.look(place, brokerId)),
    lookInto: (file, name, at) =>
      run(at, async () => {
        if (file.size > MAX_FILE_BYTES) return tooLarge
        const bytes = new Uint8Array(await file.arrayBuffer())
        return bridge.lookInto(bytes, name.slice(0, MAX_NAME), brokerId)
      }),
  }
}
