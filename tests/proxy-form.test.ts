import { expect } from 'vitest'
import { fillAccountForm } from './support/account-form.ts'
import { App, clickAway } from './support/app.ts'
import { test } from './support/cli-test.ts'
import { readyCard } from './support/ready.ts'
import { PROXY_SIDE, proxyLogin, startMicrosocks } from './support/real-proxy.ts'
import { TrayWatcher } from './support/tray-watcher.ts'

test('a proxy that is typed into the account form is what the app goes through', async ({
  profile,
  broker,
  onTestFinished,
}) => {
  const proxy = await startMicrosocks()
  const watcher = await TrayWatcher.start()
  onTestFinished(() => watcher.stop())
  const app = await App.start(profile)
  onTestFinished(() => app.quit())

  await (await app.popover()).getByRole('button', { name: 'Add your broker' }).click()
  const form = await app.accountForm()
  await fillAccountForm(form, 'zerodha', broker)
  const address = form.getByLabel('Proxy address', { exact: true })
  await address.fill(`socks5://${proxyLogin.user}:${proxyLogin.password}@127.0.0.1:${proxy.port}`)
  await form.keyboard.press('Enter')
  await form.getByText('The proxy address must not contain the password').waitFor()
  await address.fill(proxy.address)
  await form.getByLabel('Proxy password', { exact: true }).fill(proxyLogin.password)
  await clickAway(form, 'Save without testing')

  // The popover was hidden during the typing and may have been replaced.
  const popover = await app.popover()
  await popover.getByRole('button', { name: 'Log in zerodha' }).click()
  await readyCard(popover, 'zerodha').waitFor()
  expect([...new Set(broker.requests.map(({ peer }) => peer))]).toEqual([PROXY_SIDE])
  expect(JSON.stringify(await profile.state())).not.toContain(proxyLogin.password)
})
