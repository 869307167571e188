// Prints whose account it is and what can be spent. Run it with: node kite-profile.mjs zerodha-main
import { spawnSync } from 'node:child_process'
import { KiteConnect } from 'kiteconnect'

const [account = 'zerodha-main'] = process.argv.slice(2)

// --login: keeps the token at hand while Kite still takes it, and else logs in.
// What TokenTray has to say (and its questions, at a terminal) goes to stderr, so it is let through.
const asked = spawnSync('tokentray', ['token', account, '--login', '--format', 'json'], {
  stdio: ['inherit', 'pipe', 'inherit'],
  encoding: 'utf8',
  // On Windows the command is a .cmd file, which only a shell can start.
  shell: process.platform === 'win32',
})
if (asked.error) {
  console.error(`tokentray can't be run (${asked.error.message}). See examples/README.md.`)
  process.exit(2)
}
// 4: the network or the broker is down, so trying again later is safe. 3 and the others need you: don't try again
// by yourself. TokenTray has said why.
if (asked.status !== 0) process.exit(asked.status ?? 1)

// Names as Kite has them: api_key and access_token.
const { api_key, access_token } = JSON.parse(asked.stdout)

// `root` is for a practice broker; undefined means Kite itself.
const kite = new KiteConnect({ api_key, access_token, root: process.env.KITE_API_ROOT })
const { user_id, user_name, broker } = await kite.getProfile()
console.log(`${user_name} (${user_id}) at ${broker}`)
