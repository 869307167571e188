import { timeOfDayFault } from '../../electron/contract/settings-limits.ts'
import { checkInput } from '../../electron/core/accounts/validate.ts'
import { registry } from '../../electron/core/brokers/registry.ts'
import { InputError } from '../../electron/core/errors.ts'
import { checkName } from '../../electron/core/state/account-name.ts'

/** Returns the app's own errors of a form in which nearly everything is wrong. */
export function mistakes(): Readonly<Record<string, string>> {
  const broker = registry.get('kite-connect')
  if (broker === undefined) throw new Error('no broker kite-connect')
  const input = {
    values: { api_key: 'short', user_id: '98765 43210', totp_secret: 'JBSWY3DPEHPK3PXPJ' },
    endpoints: {},
    proxy: 'http://proxy.example',
  }
  return {
    ...errorsOf(() => checkName('kite-connect', ['kite-connect'])),
    ...errorsOf(() => checkInput(broker, input, new Set())),
    ownTime: timeOfDayFault,
    terms: 'have to be accepted first',
  }
}

function errorsOf(check: () => unknown): Readonly<Record<string, string>> {
  try {
    check()
    return {}
  } catch (error) {
    if (error instanceof InputError) return error.errors
    throw error
  }
}
