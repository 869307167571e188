/** Returns a minimal page for a browser window. */
export const page = (broker: string, purpose: string, body: string): string => `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>${broker}: ${purpose}</title></head>
<body>
<h1>${broker}</h1>
${body}
</body>
</html>
`

/**
 * Returns a page that asks for one entry after another, each in its own form.
 * @param steps a script that defines `steps`: a function per form, which resolves when the broker accepts the
 * entry,
 * and otherwise rejects with the broker's words
 */
export const loginPage = (broker: string, forms: string, steps: string): string =>
  page(
    broker,
    'log in',
    `${forms}
<p id="message" role="alert"></p>
<script type="module">
${steps}
  const message = document.getElementById('message')
  const forms = [...document.forms]
  for (const [at, form] of forms.entries()) {
    form.hidden = at > 0
    form.addEventListener('submit', async (event) => {
      event.preventDefault()
      message.textContent = ''
      try {
        await steps[at](Object.fromEntries(new FormData(form)))
      } catch (error) {
        message.textContent = error.message
        return
      }
      form.hidden = true
      if (at + 1 < forms.length) forms[at + 1].hidden = false
    })
  }
</script>`,
  )
