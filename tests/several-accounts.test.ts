import { execFileSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect } from 'vitest'
import { App, clickAway } from './support/app.ts'
import { exportAddress } from './support/authenticator-export.ts'
import { test } from './support/cli-test.ts'
import { photographPage } from './support/photograph.ts'

const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const bytes = Buffer.from('12345678901234567890')

test('a folder of .env files and an export’s picture make accounts in one table', async ({
  profile,
  broker,
  onTestFinished,
}) => {
  await profile.addAccount('main', broker)
  const folder = path.join(profile.folder, 'accounts')
  await mkdir(folder)
  const kite = (userId: string, password: string): string =>
    `KITE_API_KEY=q1w2e3r4t5y6u7i8\nKITE_API_SECRET=hush-hush-secret\nKITE_USER_ID=${userId}\n` +
    `KITE_PASSWORD=${password}\nKITE_TOTP_SECRET=${secret}\n`
  await writeFile(path.join(folder, 'main.env'), kite('CD5678', 'hush-hush-password'))
  await writeFile(path.join(folder, 'broken.env'), kite('EF9012', 'x').replace(/KITE_API_SECRET=.*/, ''))
  await writeFile(path.join(folder, '.env.example'), kite('', ''))
  const exported = exportAddress([{ secret: bytes, name: 'GH3456', issuer: 'Zerodha' }])
  const picture = path.join(profile.folder, 'export.png')
  execFileSync('qrencode', ['-s', '6', '-o', picture, exported])

  const app = await App.start(profile)
  onTestFinished(() => app.quit())
  /** Replaces the choice in the system's dialog, which no test can reach. */
  const chooseInDialog = (chosen: string) =>
    app.electron.evaluate(({ dialog }, file) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] })
    }, chosen)

  const popover = await app.popover()
  await popover.evaluate(() => window.tokentray.openAccountForm({ name: null }))
  const form = await app.accountForm()
  await form.getByRole('button', { name: 'Several at once…' }).click()
  await chooseInDialog(folder)
  await form.getByRole('button', { name: 'Choose a folder…' }).click()
  await form.getByText('Missing: API secret. Correct the file and choose it again.').waitFor()
  expect(await form.getByRole('listitem').count()).toBe(2)
  const name = form.getByRole('textbox', { name: 'Account name for main.env' })
  expect(await name.inputValue()).toBe('main-2')
  await photographPage(form, 'form-several')
  expect(await form.content()).not.toMatch(/hush-hush|GEZDG/)

  await name.fill('Second One')
  await form.getByRole('checkbox', { name: /^I accept the risk/ }).check()
  // Only an Electron past its support asks.
  for (const box of await form.getByRole('checkbox', { name: /^I know this/ }).all()) await box.check()
  await form.getByRole('button', { name: 'Save 1 account' }).click()
  await form.getByText('Saved as second-one').waitFor()
  expect(await profile.inKeychain('second-one/password')).toBe('hush-hush-password')
  expect((await profile.account('second-one')).termsAcceptedAt).not.toBeNull()

  await chooseInDialog(picture)
  await form.getByRole('button', { name: 'Choose files…' }).click()
  await form.getByText('Zerodha: GH3456').waitFor()
  await form.getByRole('button', { name: 'Save 1 account' }).click()
  await form.getByText('Saved as zerodha-gh3456').waitFor()
  await clickAway(form, 'Done')
  const names = (await profile.state()).accounts.map((account) => account.name)
  expect(names).toEqual(['main', 'second-one', 'zerodha-gh3456'])
  expect(JSON.stringify(await profile.state())).not.toMatch(/hush-hush|GEZDG/)
})
