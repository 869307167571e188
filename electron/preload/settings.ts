import { expose } from './expose.ts'

expose('settings', 'settings', CONTRACT_NAMES)
