import { expose } from './expose.ts'

expose('accountForm', 'account-form', CONTRACT_NAMES)
