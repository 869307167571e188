/** The login page, for a person in a browser window. Its calls are the ones of Kite's own page. */
export const LOGIN_PAGE = `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Practice Kite: log in</title></head>
<body>
<h1>Practice Kite</h1>
<form id="password-form">
  <label>User ID <input name="user_id" required></label>
  <label>Password <input name="password" type="password" required></label>
  <button>Login</button>
</form>
<form id="code-form" hidden>
  <label>Code <input name="twofa_value" inputmode="numeric" required></label>
  <button>Continue</button>
</form>
<p id="message" role="alert"></p>
<script>
  const passwordForm = document.getElementById('password-form')
  const codeForm = document.getElementById('code-form')
  let asked = {}

  async function post(path, fields) {
    const reply = await fetch(path, { method: 'POST', body: new URLSearchParams(fields) })
    const envelope = await reply.json()
    document.getElementById('message').textContent = envelope.message ?? ''
    return envelope.status === 'success' ? envelope.data : undefined
  }

  passwordForm.addEventListener('submit', async (event) => {
    event.preventDefault()
    const data = await post('/api/login', new FormData(passwordForm))
    if (data === undefined) return
    asked = { user_id: data.user_id, request_id: data.request_id, twofa_type: data.twofa_type }
    passwordForm.hidden = true
    codeForm.hidden = false
  })

  codeForm.addEventListener('submit', async (event) => {
    event.preventDefault()
    const fields = { ...asked, twofa_value: codeForm.elements.twofa_value.value, skip_session: 'true' }
    if ((await post('/api/twofa', fields)) === undefined) return
    // The sess_id may be another browser's; without it a new one is given.
    const next = new URL(location.href)
    next.searchParams.delete('sess_id')
    location.replace(next)
  })
</script>
</body>
</html>
`

/** The page that asks once whether the app may use the account. */
export const CONSENT_PAGE = `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Practice Kite: authorize</title></head>
<body>
<h1>Practice Kite</h1>
<p>An app wants to use your account.</p>
<form method="post" action="/connect/finish"><button>Authorize</button></form>
<script>
  const query = new URLSearchParams(location.search)
  const [, authorize] = /(?:^|; )public_token=([^;]*)/.exec(document.cookie) ?? []
  const fields = { api_key: query.get('api_key'), sess_id: query.get('sess_id'), authorize }
  for (const [name, value] of Object.entries(fields)) {
    const input = Object.assign(document.createElement('input'), { type: 'hidden', name, value })
    document.forms[0].append(input)
  }
</script>
</body>
</html>
`
