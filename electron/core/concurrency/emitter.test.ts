import { expect, test } from 'vitest'
import { Emitter } from './emitter.ts'

test('every listener is told of each value until it stops listening', () => {
  const emitter = new Emitter<number>()
  const told: string[] = []
  const stop = emitter.on((value) => told.push(`first ${value}`))
  emitter.on((value) => told.push(`second ${value}`))
  emitter.emit(1)
  stop()
  emitter.emit(2)
  expect(told).toEqual(['first 1', 'second 1', 'second 2'])
})
