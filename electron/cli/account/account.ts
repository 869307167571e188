import { importing } from './import.ts'
import { add } from './add.ts'
import { edit } from './edit.ts'
import { list } from './list.ts'
import { remove } from './remove.ts'
import { show } from './show.ts'
import { commandOf, type Command } from '../terminal/command.ts'
import { refuseAddresses } from './import-source.ts'

const actions: ReadonlyMap<string, Command> = new Map([
  ['add', add],
  ['import', importing],
  ['list', list],
  ['show', show],
  ['edit', edit],
  ['remove', remove],
])

const dispatcher = commandOf('account', actions, {
  usage: 'account add NAME --broker ID … | import FILE|- | list | show NAME | edit NAME … | remove NAME',
  summary: 'Keep the accounts (“tokentray account add --help” tells the fields)',
  examples: [
    ['tokentray account add zerodha-main --broker kite-connect', 'Asks for what it needs, secrets unseen'],
    ['tokentray account edit zerodha-main --ask password', 'After a change at the broker'],
  ],
})

export const account: Command = {
  ...dispatcher,
  run: (context) => {
    refuseAddresses(context.args)
    return dispatcher.run(context)
  },
}
