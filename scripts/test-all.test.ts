import { expect, it } from 'vitest'
import { choiceIn, chosenFrom } from './test-all.mjs'

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
