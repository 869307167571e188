import { setTimeout as sleep } from 'node:timers/promises'

const READY_WITHIN_MS = 90_000

/**
 * Polls until `ask` returns a value, and ignores its errors, because every program is slow under Wine.
 * @template T
 * @param {string} what
 * @param {() => Promise<T | undefined | null | false>} ask
 * @param {number} [withinMs]
 * @returns {Promise<T>}
 */
export async function until(what, ask, withinMs = READY_WITHIN_MS) {
  const deadline = Date.now() + withinMs
  for (;;) {
    const answer = await ask().catch(() => undefined)
    if (answer) return answer
    if (Date.now() > deadline) throw new Error(`not in time: ${what}`)
    await sleep(200)
  }
}

/**
 * Evaluates an expression in a page, or in the main process of an app, by the Chrome DevTools Protocol.
 * @param {number} port
 * @param {string} expression
 * @param {(target: { url: string }) => boolean} [isIt]
 * @returns {Promise<any>} its value
 */
export async function evaluate(port, expression, isIt = () => true) {
  const { WebSocket } = await import('undici')
  const targets = /** @type {{ url: string, webSocketDebuggerUrl: string }[]} */ (
    await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()
  )
  const target = targets.find(isIt)
  if (!target) throw new Error('no such page')
  const socket = new WebSocket(target.webSocketDebuggerUrl)
  try {
    return await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('no answer')), 20_000)
      socket.addEventListener('error', () => reject(new Error('no connection')))
      socket.addEventListener('open', () => {
        const params = { expression, includeCommandLineAPI: true, awaitPromise: true, returnByValue: true }
        socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params }))
      })
      socket.addEventListener('message', ({ data }) => {
        const { id, result, error } = JSON.parse(String(data))
        if (id !== 1) return
        clearTimeout(timer)
        const problem = error ?? result.exceptionDetails
        if (problem) reject(new Error(JSON.stringify(problem).slice(0, 400)))
        else resolve(result.result.value)
      })
    })
  } finally {
    socket.close()
  }
}
