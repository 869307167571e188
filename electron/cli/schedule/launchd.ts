import { clockTime } from './morning-time.ts'
import { LOGIN, xml, zoneNote, type Job, type Printed } from './printed.ts'

/** A launch agent: https://keith.github.io/xcode-man-pages/launchd.plist.5.html */
export function launchd({ node, program, env, time }: Job): Printed {
  const variables = Object.entries(env).map(
    ([name, value]) => `    <key>${xml(name)}</key>\n    <string>${xml(value)}</string>`,
  )
  const starts = time.days.map(
    (day) => `    <dict>
      <key>Weekday</key>
      <integer>${day}</integer>
      <key>Hour</key>
      <integer>${time.hour}</integer>
      <key>Minute</key>
      <integer>${time.minute}</integer>
    </dict>`,
  )
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>in.tokentray.login</string>
  <key>ProgramArguments</key>
  <array>
${[node, '--', program, LOGIN].map((word) => `    <string>${xml(word)}</string>`).join('\n')}
  </array>
${variables.length === 0 ? '' : `  <key>EnvironmentVariables</key>\n  <dict>\n${variables.join('\n')}\n  </dict>\n`}  <key>StartCalendarInterval</key>
  <array>
${starts.join('\n')}
  </array>
</dict>
</plist>`
  return {
    text,
    how: [
      'Save it as ~/Library/LaunchAgents/in.tokentray.login.plist, then run:',
      '  launchctl bootstrap gui/$(id -u) ~/Library/LaunchAgents/in.tokentray.login.plist',
      ...zoneNote(time, clockTime(time)),
      'A Mac that sleeps at that time does it when it wakes up.',
    ],
  }
}
