import type { IncomingHttpHeaders } from 'node:http'
import { expect, test } from 'vitest'
import { everythingSent } from './everything-sent.ts'

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }

function sent(query: string, headers: IncomingHttpHeaders, body = '') {
  return everythingSent({ method: 'POST', url: new URL(`http://host/path${query}`), headers, body })
}

test('the values of a query and of a form, decoded', () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  expect(sent('?a=1%202&b=+', headers, 'c=x%26y&c=z')).toEqual(['1 2', ' ', 'x&y', 'z'])
})

test('texts and numbers in JSON, however deep', () => {
  const body = {
    data: { otp: '012345', list: ['"quoted"', { pin: 246810, yes: true, none: null }] },
    last: 'z',
  }
  expect(sent('', JSON_TYPE, JSON.stringify(body))).toEqual(['012345', '"quoted"', '246810', 'z'])
  expect(sent('', JSON_TYPE, '"alone"')).toEqual(['alone'])
})

test.each([[{}], [{ 'content-type': 'text/plain' }], [JSON_TYPE]])(
  'a body of another kind is repeated whole: %o',
  (headers) => {
    expect(sent('', headers, '{"otp": "012345')).toContain('{"otp": "012345')
  },
)

test('every header but those that say how the request was made; the known secrets first', () => {
  const headers = {
    host: 'practice:1',
    connection: 'keep-alive',
    accept: 'application/json',
    'accept-encoding': 'gzip',
    'accept-language': 'en',
    'content-length': '12',
    'user-agent': 'by hand',
    sid: 'a sid',
    auth: 'a token',
    'set-cookie': ['one', 'two'],
    'x-accept': 'mine',
    cookie: 'c=d',
    authorization: 'Bearer e',
  }
  const expected = ['Bearer e', 'c=d', 'a sid', 'a token', 'one', 'two', 'mine']
  expect(sent('', headers)).toEqual(expected)
})
