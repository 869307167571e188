/**
 * The tray app is started with this before its own code: its clock then runs ahead of the system's by what the
 * environment says, which may change while it runs. Its timers know nothing of that, as after a machine's sleep.
 */
const systemNow = Date.now.bind(Date)
Date.now = () => systemNow() + Number(process.env['TOKENTRAY_TEST_AHEAD_MS'])
