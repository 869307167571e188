import { loginPage, page } from '../pages.ts'

const NAME = 'Practice Kite'

/** The login page for a browser window. Makes the same calls as Kite's own page. */
export const LOGIN_PAGE = loginPage(
  NAME,
  `<form id="password-form">
  <label>User ID <input name="user_id" required></label>
  <label>Password <input name="password" type="password" required></label>
  <button>Login</button>
</form>
<form>
  <label>Code <input name="twofa_value" inputmode="numeric" required></label>
  <button>Continue</button>
</form>`,
  `
  let asked = {}

  async function post(path, fields) {
    const reply = await fetch(path, { method: 'POST', body: new URLSearchParams(fields) })
    const envelope = await reply.json()
    if (envelope.status !== 'success') throw new Error(envelope.message)
    return envelope.data
  }

  async function enterPassword(fields) {
    const { user_id, request_id, twofa_type } = await post('/api/login', fields)
    asked = { user_id, request_id, twofa_type }
  }

  async function enterCode(fields) {
    await post('/api/twofa', { ...asked, ...fields, skip_session: 'true' })
    // The sess_id may belong to another browser. Kite issues a new one when it is absent.
    const next = new URL(location.href)
    next.searchParams.delete('sess_id')
    location.replace(next)
  }

  const steps = [enterPassword, enterCode]
`,
)

/** The page that asks once for permission to let the app use the account. */
export const CONSENT_PAGE = page(
  NAME,
  'authorize',
  `<p>An app wants to use your account.</p>
<form method="post" action="/connect/finish"><button>Authorize</button></form>
<script>
  const query = new URLSearchParams(location.search)
  const [, authorize] = /(?:^|; )public_token=([^;]*)/.exec(document.cookie) ?? []
  const fields = { api_key: query.get('api_key'), sess_id: query.get('sess_id'), authorize }
  for (const [name, value] of Object.entries(fields)) {
    const input = Object.assign(document.createElement('input'), { type: 'hidden', name, value })
    document.forms[0].append(input)
  }
</script>`,
)

/** The page of Kite itself, which this practice broker does not play. */
export const DASHBOARD_PAGE = page(NAME, 'dashboard', '<p>Holdings, positions, orders.</p>')
