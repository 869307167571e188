// Preloaded into Electron. Reports on stdout when a window is painted or hidden, and with BENCH_COMMITS
// each commit of React.
const { app } = require('electron')

const CONTENT = '[data-account], [data-ready]'
const painted = `new Promise((done) => {
  const look = () =>
    document.visibilityState === 'visible' && document.querySelector(${JSON.stringify(CONTENT)}) !== null
      ? requestAnimationFrame(() => setTimeout(done))
      : requestAnimationFrame(look)
  look()
})`

/** React reports every commit to its developer tools by this hook, in production too. */
const hook = `window.__REACT_DEVTOOLS_GLOBAL_HOOK__ = {
  supportsFiber: true,
  inject: () => 1,
  onCommitFiberRoot: () => console.debug('commit'),
  onCommitFiberUnmount: () => undefined,
  onPostCommitFiberRoot: () => undefined,
}`

/** @param {string} what */
const tell = (what) => process.stdout.write(`\nwitness ${what} ${Date.now()}\n`)

app.on('browser-window-created', (_event, window) => {
  const { webContents } = window
  window.on('show', () => {
    // Unlike the window's event, the frame's does not wait for content that loads later.
    webContents.mainFrame.executeJavaScript(painted).then(
      () => tell('shown'),
      () => undefined,
    )
  })
  window.on('hide', () => tell('hidden'))
  if (process.env['BENCH_COMMITS'] === undefined) return
  // At this point the page exists and its scripts, which come from this process, are still missing.
  webContents.on('did-navigate', () => void webContents.mainFrame.executeJavaScript(hook))
  webContents.on('console-message', (...args) => {
    if (JSON.stringify(args.slice(1)).includes('commit')) tell('commit')
  })
})
