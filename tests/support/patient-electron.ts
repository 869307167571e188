import type { ElectronApplication } from 'playwright-core'

/** What the main process's debugger says when it has lost the promise of what it was asked before it kept it. */
const LOST = 'promise was garbage collected'

/** Returns an app whose `evaluate` asks once more when the debugger has lost the answer, as it does now and then. */
export function patientElectron(electron: ElectronApplication): ElectronApplication {
  return new Proxy(electron, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target)
      if (typeof value !== 'function') return value
      const ask = (...args: unknown[]): unknown => Reflect.apply(value, target, args)
      if (key !== 'evaluate') return ask
      return (...args: unknown[]): Promise<unknown> =>
        Promise.resolve(ask(...args)).catch((error: unknown) => {
          if (String(error).includes(LOST)) return ask(...args)
          throw error
        })
    },
  })
}
