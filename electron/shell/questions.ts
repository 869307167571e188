export * from '../core/login/questions.ts'
