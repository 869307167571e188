import type { Said } from './useLook.ts'

/** What came of looking for something. Names in it are somebody else's, and may run from right to left. */
export function SaidWords({ said }: { said: Said }) {
  if (said.words.length === 0) return null
  return (
    <div className="said" data-tone={said.tone} role={said.tone === 'bad' ? 'alert' : 'status'}>
      {said.words.map((words) => (
        <p key={words}>
          <bdi>{words}</bdi>
        </p>
      ))}
    </div>
  )
}
