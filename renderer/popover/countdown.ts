export * from '../../electron/contract/countdown.ts'
