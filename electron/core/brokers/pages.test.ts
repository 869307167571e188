import { expect, test } from 'vitest'
import { registry } from './registry.ts'

test.each([...registry.values()].flatMap(({ id, pages }) => Object.values(pages).map((page) => [id, page])))(
  'a page of %s, %s, is opened by https and carries no data',
  (_, page) => {
    const { protocol, username, password, port, search, hash } = new URL(page)
    expect({ protocol, username, password, port, search, hash }).toEqual({
      protocol: 'https:',
      ...{ username: '', password: '', port: '', search: '', hash: '' },
    })
  },
)
