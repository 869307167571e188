/**
 * Preloaded into the tray app: moves its clock ahead by the amount in the environment, which may change later.
 * Timers ignore the change, as after a machine's sleep.
 */
const systemNow = Date.now.bind(Date)
Date.now = () => systemNow() + Number(process.env['TOKENTRAY_TEST_AHEAD_MS'])
