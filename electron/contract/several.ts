import * as z from 'zod/mini'
import { accountName } from './requests.ts'

/** The most files that are read at once, and the most rows that they make. */
export const MAX_SEVERAL = 50

const SeveralOption = z.object({
  brokerId: z.string(),
  brokerName: z.string(),
  /** The user's name at the broker; empty when it is not there. */
  userId: z.string(),
  /** What is there and what follows from it, in sentences. */
  words: z.string(),
  /** Why this can't be saved and what to do, in sentences; null when it can. */
  wrong: z.nullable(z.string()),
  /** True when the broker's terms have to be accepted before the save. */
  asksTerms: z.boolean(),
  /** True when the Electron that runs has to be accepted before the save. */
  asksElectron: z.boolean(),
})
export type SeveralOption = z.infer<typeof SeveralOption>

const SeveralRow = z.object({
  id: z.number(),
  /** The file, or the entry of an export. */
  from: z.string(),
  /** An unused name for the account. */
  name: z.string(),
  /** The brokers that it may be for, the likeliest first; empty for a file that can't be read. */
  options: z.array(SeveralOption),
  /** Why nothing can be made of it; null when there are options. */
  wrong: z.nullable(z.string()),
  /** Whether it is probably wanted: nothing is wrong with it, and no other account has its login. */
  wanted: z.boolean(),
})
export type SeveralRow = z.infer<typeof SeveralRow>

/** Lists what chosen files make accounts of. Their secrets stay in the main process. */
export const SeveralTable = z.object({
  rows: z.array(SeveralRow),
  /** What was left out, in sentences. */
  notes: z.array(z.string()),
  /** The Electron past its support that real accounts need a yes for; null for none. */
  oldElectron: z.nullable(z.string()),
})
export type SeveralTable = z.infer<typeof SeveralTable>

/** The requests of the account form for several accounts at once. */
export const severalRequests = {
  /** Has the user choose files, or a folder of them; null when they cancel. */
  readSeveral: {
    request: z.object({ source: z.enum(['files', 'folder']) }),
    reply: z.nullable(SeveralTable),
  },
  /** Saves one row. Nothing of it is stored when it can't be saved. */
  saveSeveral: {
    request: z.object({
      row: z.number(),
      name: accountName,
      brokerId: z.string().check(z.maxLength(100)),
      acceptTerms: z.boolean(),
      acceptElectron: z.boolean(),
    }),
    /** Why it could not be saved and what to do, in sentences; null for saved. */
    reply: z.object({ wrong: z.nullable(z.string()) }),
  },
}
