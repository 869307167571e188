export * from '../../electron/contract/summary.ts'
