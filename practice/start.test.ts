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

test('an unknown broker is an error that lists the known ones', async () => {
  await expect(startPracticeBroker('kite')).rejects.toThrow(
    `No practice broker "kite". There are: ${practiceBrokerIds.join(', ')}`,
  )
})
