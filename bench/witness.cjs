// Required by Electron before the app. It tells on stdout when a window can be seen with its content painted, when
// it is hidden and, where BENCH_COMMITS is set, of every commit of React's.
const { app } = require('electron')

const CONTENT = '.card, [data-ready]'
const painted = `new Promise((done) => {
  const look = () =>
    document.visibilityState === 'visible' && document.querySelector(${JSON.stringify(CONTENT)}) !== null
      ? requestAnimationFrame(() => setTimeout(done))
      : requestAnimationFrame(look)
  look()
})`

/** React tells its developer tools of every commit by this hook, in production too. */
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
    // Unlike the window's own, the frame's does not wait for all that is loaded later.
    webContents.mainFrame.executeJavaScript(painted).then(
      () => tell('shown'),
      () => undefined,
    )
  })
  window.on('hide', () => tell('hidden'))
  if (process.env['BENCH_COMMITS'] === undefined) return
  // The page is there and its scripts, which are fetched from this process, are not yet.
  webContents.on('did-navigate', () => void webContents.mainFrame.executeJavaScript(hook))
  webContents.on('console-message', (...args) => {
    if (JSON.stringify(args.slice(1)).includes('commit')) tell('commit')
  })
})
