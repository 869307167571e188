import type { Said } from './useImport.ts'

/** Shows what an import has to say. Names in it come from outside, and may run from right to left. */
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
