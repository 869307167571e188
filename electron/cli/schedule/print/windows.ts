import { EVERY_DAY, LOGIN, xml, xmlComment, type Job } from './job.ts'

/** Writes a task: https://learn.microsoft.com/en-us/windows/win32/taskschd/task-scheduler-schema */
export function windows({ node, program, env }: Job): string {
  const isMoved = env['TOKENTRAY_HOME'] !== undefined
  // Names no encoding and uses plain ASCII, because PowerShell re-encodes the text on its way to a file. A start that
  // ends in Z is the same moment in every zone: 03:00 UTC is 08:30 in India.
  return inAscii(`<?xml version="1.0"?>
${xmlComment([...how, ...(isMoved ? moved : []), EVERY_DAY])}
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Log in at the brokers before the market opens</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2026-01-01T03:00:00Z</StartBoundary>
      <Enabled>true</Enabled>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
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
      <Arguments>${xml(`-- "${program}" ${LOGIN.join(' ')}`)}</Arguments>
    </Exec>
  </Actions>
</Task>`)
}

/** Replaces other characters by references, which every code page reads alike. Comments must have none. */
const inAscii = (text: string): string =>
  text.replaceAll(/[^\x00-\x7f]/gu, (character) => `&#x${(character.codePointAt(0) ?? 0).toString(16)};`)

const how = [
  'Save this as tokentray-login.xml, then run:',
  '  schtasks /Create /TN "TokenTray login" /XML tokentray-login.xml',
  'To try it at once: schtasks /Run /TN "TokenTray login", and then: tokentray status',
  'It runs while you are logged in, with your Credential Manager; a morning that was missed is made up for.',
  'A console window shows while it runs, and closes by itself.',
  'It is 08:30 in India whatever the zone of this computer.',
]

const moved = [
  'A task has no variables of its own: set TOKENTRAY_HOME for good with setx TOKENTRAY_HOME FOLDER.',
]
