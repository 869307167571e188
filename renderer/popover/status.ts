export * from '../../electron/contract/status.ts'
