import { describe, expect, test } from 'vitest'
import { draftFrom, tooLong } from './draft.ts'
import { broker, editing } from './fixtures.ts'

function formData(inputs: Readonly<Record<string, string>>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(inputs)) data.set(name, value)
  return data
}

describe('the draft', () => {
  const typed = {
    name: ' main ',
    'field.user_id': 'AB1234',
    'field.password': ' open sesame ',
    'field.totp_secret': '',
    'field.name': 'desk',
    'endpoint.api': ' http://127.0.0.1:8080 ',
    proxy: ' socks5://me@127.0.0.1:1080 ',
    ownTime: ' 7:45 pm ',
    'field.proxy_password': ' hush ',
    'secret-choice': 'on',
  }
  const draft = {
    name: 'main',
    brokerId: 'made-up',
    values: {
      user_id: 'AB1234',
      password: ' open sesame ',
      totp_secret: '',
      name: 'desk',
      proxy_password: ' hush ',
    },
    endpoints: { api: 'http://127.0.0.1:8080' },
    proxy: 'socks5://me@127.0.0.1:1080',
    ownTime: '19:45',
    acceptTerms: false,
    mode: 'unattended',
    forget: [],
  }

  test('is what the form says, passwords to the last space', () => {
    expect(draftFrom(formData(typed), broker, null)).toEqual(draft)
    expect(draftFrom(formData({ ...typed, terms: 'on' }), broker, null)).toEqual({
      ...draft,
      acceptTerms: true,
      mode: 'unattended',
    })
  })

  test('has an empty time for the usual one, and a text that is no time as it was typed', () => {
    expect(draftFrom(formData({ ownTime: ' ' }), broker, null).ownTime).toBe('')
    expect(draftFrom(formData({ ownTime: ' eight ' }), broker, null).ownTime).toBe('eight')
  })

  test('of an account that is changed is about that account, whatever is typed', () => {
    expect(draftFrom(formData(typed), broker, editing({ name: 'other' }))).toEqual({
      ...draft,
      name: 'other',
    })
  })

  test('forgets what the user wants gone, and optional settings that were emptied', () => {
    const emptied = formData({ ...typed, 'field.name': ' ' })
    expect(
      draftFrom(formData({ ...typed, 'field.name': ' ', forget: 'totp_secret' }), broker, editing()).forget,
    ).toEqual(['totp_secret', 'name'])
    // The account has no stored value to delete.
    expect(draftFrom(emptied, broker, editing({ values: {} })).forget).toEqual([])
    expect(draftFrom(emptied, broker, null).forget).toEqual([])
  })

  test('takes an empty secret for the stored one', () => {
    expect(draftFrom(formData({}), broker, editing())).toMatchObject({
      values: { password: '', totp_secret: '' },
      forget: ['name'],
    })
  })

  test('is refused in the page when an input is longer than the main process looks at', () => {
    const long = draftFrom(
      formData({ name: 'n'.repeat(201), proxy: 'p'.repeat(4_097), ownTime: 't'.repeat(4_097) }),
      broker,
      null,
    )
    expect(tooLong(long)).toEqual({
      name: 'is longer than 200 characters',
      proxy: 'is longer than 4096 characters',
      ownTime: 'is longer than 4096 characters',
    })
    const secret = draftFrom(
      formData({ 'field.password': 's'.repeat(4_097), 'endpoint.api': 'a'.repeat(4_097) }),
      broker,
      null,
    )
    expect(Object.keys(tooLong(secret))).toEqual(['password', 'endpoint.api'])
    expect(JSON.stringify(tooLong(secret))).not.toContain('sss')
  })

  test('is not refused for inputs of the greatest length', () => {
    const full = formData({ name: 'n'.repeat(200), 'field.password': 's'.repeat(4_096) })
    expect(tooLong(draftFrom(full, broker, null))).toEqual({})
  })
})
