import { expose } from './expose.ts'

expose('signIn', 'sign-in', CONTRACT_NAMES)
