import { contextBridge, ipcRenderer } from 'electron'
import type { TestProgress } from '../contract/account-form.ts'
import type { AccountFormBridge } from '../contract/bridge.ts'
import { accountFormChannels as channels, testProgressed } from '../contract/channels.ts'

const bridge: AccountFormBridge = {
  describe: () => ipcRenderer.invoke(channels.describe),
  check: (draft) => ipcRenderer.invoke(channels.check, draft),
  look: (place, brokerId) => ipcRenderer.invoke(channels.look, { place, brokerId }),
  lookInto: (file, name, brokerId) => ipcRenderer.invoke(channels.lookInto, { file, name, brokerId }),
  choose: (choice) => ipcRenderer.invoke(channels.choose, { choice }),
  takeEnv: () => ipcRenderer.invoke(channels.takeEnv),
  drop: (field) => ipcRenderer.invoke(channels.drop, { field }),
  save: (draft) => ipcRenderer.invoke(channels.save, draft),
  test: (draft) => ipcRenderer.invoke(channels.test, draft),
  cancelTest: () => ipcRenderer.invoke(channels.cancelTest),
  answerCode: (code) => ipcRenderer.invoke(channels.answerCode, { code }),
  onTestProgress: (listener) => {
    const forward = (_event: unknown, progress: TestProgress): void => {
      listener(progress)
    }
    ipcRenderer.on(testProgressed, forward)
    return () => {
      ipcRenderer.off(testProgressed, forward)
    }
  },
  close: () => ipcRenderer.invoke(channels.close),
}

contextBridge.exposeInMainWorld('accountForm', bridge)
