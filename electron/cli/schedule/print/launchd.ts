import { EVERY_DAY, LOGIN, xml, xmlComment, zoneNote, type Job } from './job.ts'

/** Writes a launch agent: https://keith.github.io/xcode-man-pages/launchd.plist.5.html */
export function launchd({ node, program, env, time }: Job): string {
  const variables = Object.entries(env).map(
    ([name, value]) => `    <key>${xml(name)}</key>\n    <string>${xml(value)}</string>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
${xmlComment([...how, ...zoneNote(time), EVERY_DAY])}
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>in.tokentray.login</string>
  <key>ProgramArguments</key>
  <array>
${[node, '--', program, ...LOGIN].map((word) => `    <string>${xml(word)}</string>`).join('\n')}
  </array>
${variables.length === 0 ? '' : `  <key>EnvironmentVariables</key>\n  <dict>\n${variables.join('\n')}\n  </dict>\n`}  <key>StartCalendarInterval</key>
  <dict>
    <key>Hour</key>
    <integer>${time.hour}</integer>
    <key>Minute</key>
    <integer>${time.minute}</integer>
  </dict>
</dict>
</plist>`
}

const how = [
  'Save this as ~/Library/LaunchAgents/in.tokentray.login.plist, then run:',
  '  launchctl bootstrap gui/$(id -u) ~/Library/LaunchAgents/in.tokentray.login.plist',
  'To try it at once: launchctl kickstart gui/$(id -u)/in.tokentray.login, and then: tokentray status',
  'It runs while you are logged in, with your keychain. A Mac that sleeps at that time does it when it wakes up.',
]
