import { clockTime } from './morning-time.ts'
import { LOGIN, xml, zoneNote, type Job, type Printed } from './printed.ts'

const NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** A task: https://learn.microsoft.com/en-us/windows/win32/taskschd/task-scheduler-schema */
export function windows({ node, program, env, time }: Job): Printed {
  const home = env['TOKENTRAY_HOME']
  // No encoding is named: PowerShell hands the text over in one, a file has another.
  const text = `<?xml version="1.0"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Log in at the brokers before the market opens</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2026-01-01T${clockTime(time)}:00</StartBoundary>
      <Enabled>true</Enabled>
      <ScheduleByWeek>
        <DaysOfWeek>
${time.days.map((day) => `          <${NAMES[day] ?? ''} />`).join('\n')}
        </DaysOfWeek>
        <WeeksInterval>1</WeeksInterval>
      </ScheduleByWeek>
    </CalendarTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>true</RunOnlyIfNetworkAvailable>
    <ExecutionTimeLimit>PT30M</ExecutionTimeLimit>
  </Settings>
  <Actions>
    <Exec>
      <Command>${xml(node)}</Command>
      <Arguments>${xml(`-- "${program}" ${LOGIN}`)}</Arguments>
    </Exec>
  </Actions>
</Task>`
  return {
    text,
    how: [
      'Save it as tokentray-login.xml, then run:',
      '  schtasks /Create /TN "TokenTray login" /XML tokentray-login.xml',
      ...zoneNote(time, clockTime(time)),
      ...(home === undefined ? [] : [`A task has no variables of its own: setx TOKENTRAY_HOME "${home}"`]),
      'It runs while you are logged in, with your Credential Manager.',
    ],
  }
}
