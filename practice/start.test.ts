import { expect, onTestFinished, test } from 'vitest'
import { practiceBrokerIds, startPracticeBroker } from './start.ts'

test.each(practiceBrokerIds)('%s starts with what it is given, and stops', async (brokerId) => {
  const first = await startPracticeBroker(brokerId)
  onTestFinished(() => first.stop())
  expect(first.brokerId).toBe(brokerId)
  const [key = '', url = ''] = Object.entries(first.endpoints)[0] ?? []
  const field = Object.keys(first.credentials)[0] ?? ''
  await first.stop()
  await expect(fetch(url)).rejects.toThrow()

  const ports = { [key]: Number(new URL(url).port) }
  const second = await startPracticeBroker(brokerId, { ports, credentials: { [field]: 'mine' } })
  onTestFinished(() => second.stop())
  expect(second.endpoints[key]).toBe(url)
  expect(second.credentials).toEqual({ ...first.credentials, [field]: 'mine' })
})

test('an unknown broker is an error that lists the known ones', async () => {
  await expect(startPracticeBroker('kite')).rejects.toThrow(
    'No practice broker "kite". There are: kite-connect',
  )
})
