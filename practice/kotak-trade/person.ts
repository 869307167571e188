import { lastIst } from '../ist.ts'

/**
 * Returns the reply to a right password, without the token. Its values follow the sample in the documentation of
 * https://github.com/osparamatrix/ks-orderapi-python
 */
export function halfLogin(now: number) {
  return {
    Status: 'Temporary',
    accessCodeTime: americanTime(lastIst(0, now) + 60_000),
    biometric: 'N',
    clientType: 'ONLINE',
    emailId: 'pxxxxxxe@example.com',
    message: 'Authentication Successful.',
    mpin: 'N',
    phoneNo: 'XXXXXXX000',
  }
}

/** Returns the reply to a complete login, without the token, like the sample in the same documentation. */
export function wholeLogin(host: string, userId: string, now: number) {
  const here = placeOf(host)
  return {
    broadcast: here,
    clientCode: 'PRACT',
    clientName: 'PRACTICE',
    dormantType: '-',
    emailId: '',
    enabledExchangeSegments: {
      CASH: [
        { exchange: 'NSE', status: 'ACTIVE' },
        { exchange: 'BSE', status: 'ACTIVE' },
      ],
      CDS: [{ exchange: 'NSE', status: 'ACTIVE' }],
      COMMODITY: [{ exchange: 'MCX', status: 'INACTIVE' }],
      FNO: [{ exchange: 'NSE', status: 'ACTIVE' }],
    },
    enabledProducts: ['NORMAL', 'SUPERMULTIPLE', 'SUPERMULTIPLEOPTION', 'MTF', 'MIS'],
    enabledSegments: ['CASH', 'FO', 'CDS'],
    isNRI: 'N',
    loginTime: americanTime(now),
    marginProduct: { isEnabled: 'Y' },
    marketData: here,
    phoneNo: '',
    redirect: here,
    service: here,
    stwtFlag: 'Y',
    userId,
  }
}

/** Returns a base URL as Kotak names hosts: the URL, then its port again. */
export function placeOf(host: string) {
  const { port, protocol } = new URL(host)
  const usual = protocol === 'https:' ? 443 : 80
  return { host, port: port === '' ? usual : Number(port) }
}

/** Formats a time in India as Kotak did: `M/D/YYYY h:mm:ss AM`. */
function americanTime(now: number): string {
  const text = new Date(now).toLocaleString('en-US', { timeZone: 'Asia/Kolkata' })
  // Node's own text has a comma, and from version 20 a narrow space.
  return text.replace(', ', ' ').replace('\u202f', ' ')
}
