import { expect, test } from 'vitest'
import { plainText } from './styled.ts'
import { table } from './table.ts'

const rows = [
  ['zerodha-main', 'Zerodha Kite Connect', { text: 'Ready', tone: 'good' }],
  ['kite', 'Upstox', 'Offline'],
] as const

const lines = (width: number) => table(['NAME', 'BROKER', 'STATE'], rows, width, ['BROKER']).map(plainText)

test('columns are as wide as their widest cell', () => {
  expect(lines(80)).toEqual([
    'NAME          BROKER                STATE',
    'zerodha-main  Zerodha Kite Connect  Ready',
    'kite          Upstox                Offline',
  ])
})

test('where it does not fit, the column that matters least goes', () => {
  expect(lines(30)).toEqual(['NAME          STATE', 'zerodha-main  Ready', 'kite          Offline'])
})

test('a cell keeps its colour', () => {
  expect(table(['NAME'], [[{ text: 'a', tone: 'bad' }]], 80)[1]).toEqual([{ text: 'a', tone: 'bad' }])
})
