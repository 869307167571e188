import { Button } from '../shared/Button.tsx'
import { useForm } from './FormContext.ts'

/** Shows a text in which the host of a broker's own page opens that page in the user's browser. */
export function Linked({ text }: { text: string }) {
  const { broker, actions } = useForm()
  const { login, developers } = broker.pages
  const host = [developers, login].find((candidate) => candidate !== null && text.includes(candidate)) ?? null
  if (host === null) return text
  const at = text.indexOf(host)
  const address = /^[^\s,;()]*[^\s,;().]/.exec(text.slice(at))?.[0] ?? host
  return (
    <>
      {text.slice(0, at)}
      <Button
        look="link"
        onClick={() => {
          actions.openPage(host === developers ? 'developers' : 'login')
        }}
      >
        {address}
      </Button>
      {text.slice(at + address.length)}
    </>
  )
}
