import { expect, test, vi } from 'vitest'
import { createClock } from './clock.ts'
import type { ClockSource } from './clock.ts'

function fakeSource(start: number) {
  let visibility = (): void => undefined
  const fake: { time: number; hiddenNow: boolean; timer: { at: number; run: () => void } | null } = {
    time: start,
    hiddenNow: false,
    timer: null,
  }
  const source: ClockSource = {
    read: () => fake.time,
    zone: () => -330,
    later: (ms, run) => {
      fake.timer = { at: fake.time + ms, run }
      return () => {
        fake.timer = null
      }
    },
    hidden: () => fake.hiddenNow,
    onVisibility: (callback) => {
      visibility = callback
    },
  }
  const fire = (late = 0): void => {
    const due = fake.timer
    if (due === null) throw new Error('no timer is set')
    fake.timer = null
    fake.time = due.at + late
    due.run()
  }
  const setHidden = (hidden: boolean): void => {
    fake.hiddenNow = hidden
    visibility()
  }
  return { fake, source, fire, setHidden }
}

test('ticks on whole seconds of the moment it is aligned to', () => {
  const { fake, source, fire } = fakeSource(10_100)
  const clock = createClock(source)
  clock.align(40_250)
  const seen: number[] = []
  clock.subscribe(() => seen.push(clock.now()))
  expect(clock.now()).toBe(9_250)
  expect(fake.timer?.at).toBe(10_250)
  fire()
  fire(7)
  expect(seen).toEqual([10_250, 11_250])
  expect(fake.timer?.at).toBe(12_250)
})

test('a timer that fires a little early still shows the second it was set for, once', () => {
  const { source, fire, fake } = fakeSource(10_000)
  const clock = createClock(source)
  const listener = vi.fn()
  clock.subscribe(listener)
  fire(-1)
  expect(clock.now()).toBe(11_000)
  expect(listener).toHaveBeenCalledTimes(1)
  expect(fake.timer?.at).toBe(12_000)
})

test('stands still while hidden and catches up at once when seen again', () => {
  const { source, setHidden, fake } = fakeSource(10_000)
  const clock = createClock(source)
  const listener = vi.fn()
  clock.subscribe(listener)
  setHidden(true)
  expect(fake.timer).toBeNull()
  fake.time = 95_400
  expect(clock.now()).toBe(10_000)
  setHidden(false)
  expect(clock.now()).toBe(95_000)
  expect(listener).toHaveBeenCalledTimes(1)
  expect(fake.timer?.at).toBe(96_000)
})

test('one timer serves all listeners and ends with the last', () => {
  const { source, fake } = fakeSource(10_000)
  const clock = createClock(source)
  const later = vi.spyOn(source, 'later')
  const stopOne = clock.subscribe(() => undefined)
  const stopOther = clock.subscribe(() => undefined)
  expect(later).toHaveBeenCalledTimes(1)
  stopOne()
  expect(fake.timer).not.toBeNull()
  stopOther()
  expect(fake.timer).toBeNull()
})
