import { InputError } from '../../core/errors.ts'
import { showRunningApp } from '../../services/running-app.ts'
import { readArgs, type Command } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'

/** Shows the popover of the running tray app. */
export const open: Command = {
  usage: 'open',
  summary: 'Show the running tray app; without one, say how to start it',
  examples: [['tokentray open', 'Where the tray icon is hidden']],
  run: async ({ args, services }) => {
    readArgs(args, {}, { min: 0, max: 0 })
    if (!(await showRunningApp(await services())))
      throw new InputError({ open: howToStart(process.platform) })
    return exitCodes.ok
  },
}

const howToStart = (platform: NodeJS.Platform): string =>
  platform === 'linux'
    ? 'The tray app is not running. Start it with: npm start'
    : 'Start the tray app with: npm start. Where it runs already, that shows it.'
