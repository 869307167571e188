import type { IstDay } from '../time/ist.ts'

/** A trading session on a day that is normally closed. Times are `HH:MM` in India; null when unknown. */
export interface SpecialSession {
  readonly name: string
  readonly opens: string | null
  readonly closes: string | null
}

/** The trading calendar of one year. */
export interface ExchangeYear {
  /** False while the exchange has not published the year, so that only holidays with fixed dates are listed. */
  readonly published: boolean
  /** The source, and the day on which it was read. */
  readonly source: string
  readonly read: IstDay
  /** Closed days from Monday to Friday. */
  readonly closed: Readonly<Record<IstDay, string>>
  readonly special: Readonly<Record<IstDay, SpecialSession>>
}

/**
 * The holidays of the National Stock Exchange's capital market segment; equity derivatives keep the same days.
 *
 * 2026 is published: circular NSE/CMTR/71775 of 12 December 2025
 * (https://nsearchives.nseindia.com/content/circulars/CMTR71775.pdf), as changed by NSE/CMTR/72260 of 12 January 2026,
 * which adds 15 January (https://nsearchives.nseindia.com/content/circulars/CMTR72260.pdf), and NSE/CMTR/72349 of
 * 16 January 2026, which opens 1 February (https://nsearchives.nseindia.com/content/circulars/CMTR72349.pdf). They were
 * read on 21 November 2026 in third-party copies (https://github.com/rhnvrm/stock-market-circulars and
 * https://www.stocktrack.co.in/2026/01/nse-trading-holidays-2026.html), not at the exchange itself. The hours of the
 * Muhurat session were announced later and are unknown here.
 *
 * 2027 is tentative, because the exchange publishes a year in the December before. It lists only the holidays with
 * fixed dates. Holidays of the lunar calendar and Muhurat trading are missing.
 *
 * To add a year: https://www.nseindia.com/resources/exchange-communication-holidays
 */
export const exchangeYears: Readonly<Record<number, ExchangeYear>> = {
  2026: {
    published: true,
    source: 'NSE circulars CMTR/71775, CMTR/72260 and CMTR/72349',
    read: '2026-11-21',
    closed: {
      '2026-01-15': 'Municipal Corporation Election, Maharashtra',
      '2026-01-26': 'Republic Day',
      '2026-03-03': 'Holi',
      '2026-03-26': 'Shri Ram Navami',
      '2026-03-31': 'Shri Mahavir Jayanti',
      '2026-04-03': 'Good Friday',
      '2026-04-14': 'Dr. Baba Saheb Ambedkar Jayanti',
      '2026-05-01': 'Maharashtra Day',
      '2026-05-28': 'Bakri Id',
      '2026-06-26': 'Muharram',
      '2026-09-14': 'Ganesh Chaturthi',
      '2026-10-02': 'Mahatma Gandhi Jayanti',
      '2026-10-20': 'Dussehra',
      '2026-11-10': 'Diwali-Balipratipada',
      '2026-11-24': 'Prakash Gurpurb Sri Guru Nanak Dev',
      '2026-12-25': 'Christmas',
    },
    special: {
      '2026-02-01': { name: 'Union Budget', opens: '09:15', closes: '15:30' },
      '2026-11-08': { name: 'Muhurat trading', opens: null, closes: null },
    },
  },
  2027: {
    published: false,
    source: 'not published by the exchange yet; holidays with fixed dates only',
    read: '2026-11-21',
    closed: {
      '2027-01-26': 'Republic Day',
      '2027-03-26': 'Good Friday',
      '2027-04-14': 'Dr. Baba Saheb Ambedkar Jayanti',
    },
    special: {},
  },
}
