import { expect, test } from 'vitest'
import { certificateNote, keepCertificateChecks } from './certificate-checks.ts'

const SWITCH = 'NODE_TLS_REJECT_UNAUTHORIZED'

test('the variable that turns certificate checks off is taken out, and what it was is given back', () => {
  const env: NodeJS.ProcessEnv = { [SWITCH]: '0', PATH: '/bin' }
  const withheld = keepCertificateChecks(env)
  expect(env).toEqual({ PATH: '/bin' })
  expect(withheld).toEqual({ [SWITCH]: '0' })
  expect(certificateNote(withheld)?.message).toContain(`${SWITCH}=0 is set`)
})

test.each(['1', ''])('a value of “%s”, which turns nothing off, is no cause for a word', (value) => {
  const withheld = keepCertificateChecks({ [SWITCH]: value })
  expect(withheld).toEqual({ [SWITCH]: value })
  expect(certificateNote(withheld)).toBeNull()
})

test('an environment without it stays as it is', () => {
  const env: NodeJS.ProcessEnv = { PATH: '/bin' }
  expect(keepCertificateChecks(env)).toEqual({})
  expect(env).toEqual({ PATH: '/bin' })
})
