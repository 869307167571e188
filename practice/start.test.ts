import { expect, test } from 'vitest'
import { stopAfterTest } from './test-client.ts'
import { practiceBrokerIds, startPracticeBroker } from './start.ts'

test.each(practiceBrokerIds)('%s starts with what it is given, and stops', async (brokerId) => {
  const first = await stopAfterTest(startPracticeBroker(brokerId))
  expect(first.brokerId).toBe(brokerId)
  const places = Object.entries(first.endpoints)
  expect(new Set(Object.values(first.endpoints)).size).toBe(places.length)
  await first.stop()
  for (const [, url] of places) await expect(fetch(url)).rejects.toThrow()

  const ports = Object.fromEntries(places.map(([key, url]) => [key, Number(new URL(url).port)]))
  const [field = ''] = Object.keys(first.credentials)
  const given = { ports, credentials: { [field]: 'mine' } }
  const second = await stopAfterTest(startPracticeBroker(brokerId, given))
  expect(second.endpoints).toEqual(first.endpoints)
  expect(second.credentials).toEqual({ ...first.credentials, [field]: 'mine' })
})

test('every broker has a TOTP secret of its own, so that no two accounts show the same code', async () => {
  const brokers = await Promise.all(practiceBrokerIds.map((id) => stopAfterTest(startPracticeBroker(id))))
  const secrets = brokers.flatMap(({ credentials: { totp_secret } }) => totp_secret ?? [])
  expect(new Set(secrets).size).toBe(secrets.length)
  for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/)
})

test('an unknown broker is an error that lists the known ones', async () => {
  await expect(startPracticeBroker('kite')).rejects.toThrow(
    `No practice broker "kite". There are: ${practiceBrokerIds.join(', ')}`,
  )
})
