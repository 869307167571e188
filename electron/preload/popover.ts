import { expose } from './expose.ts'

expose('tokentray', 'popover', CONTRACT_NAMES, 'getState')
