import { expect, it } from 'vitest'
import { choiceIn, chosenFrom, runInOrder } from './test-all.mjs'

it('runs every step, with words that choose test files, unless steps are named', () => {
  expect(choiceIn(['tray', '--shard=1/2'])).toEqual({ only: undefined, filter: ['tray', '--shard=1/2'] })
  expect(choiceIn(['--only=build,desktop', 'tray'])).toEqual({ only: ['build', 'desktop'], filter: ['tray'] })
})

const steps = ['lint', 'types', 'unit tests'].map((name) => ({ name }))

it('finds steps by the beginning of their names, in the order of the steps', () => {
  expect(chosenFrom(steps, undefined)).toEqual(steps)
  expect(chosenFrom(steps, ['unit', 'lint'])).toEqual([{ name: 'lint' }, { name: 'unit tests' }])
})

it('refuses a step that there is not', () => {
  expect(() => chosenFrom(steps, ['lint', 'desktop'])).toThrow('No such step here: desktop')
})

it('begins a step once those that it waits for have ended, and waits for none that is left out', async () => {
  const told: string[] = []
  const ends = new Map<string, () => void>()
  const after = (name: string, ...before: string[]) => ({ name, after: before })
  const chosen = [
    after('build'),
    after('lint'),
    after('unit', 'lint', 'types'),
    after('system', 'build', 'unit'),
  ]
  const whole = runInOrder(chosen, ({ name }) => {
    told.push(name)
    return new Promise((resolve) => ends.set(name, resolve))
  })
  const end = async (name: string) => {
    ends.get(name)?.()
    await new Promise(setImmediate)
    return told
  }
  await new Promise(setImmediate)
  expect(told).toEqual(['build', 'lint'])
  expect(await end('lint')).toEqual(['build', 'lint', 'unit'])
  expect(await end('unit')).toEqual(['build', 'lint', 'unit'])
  expect(await end('build')).toEqual(['build', 'lint', 'unit', 'system'])
  await end('system')
  await whole
})
