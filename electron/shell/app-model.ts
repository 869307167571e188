export * from '../app-model.ts'
