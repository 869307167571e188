import { contextBridge, ipcRenderer } from 'electron'
import type { AccountFormBridge } from './contract/bridge.ts'
import { accountFormChannels as channels } from './contract/channels.ts'

const bridge: AccountFormBridge = {
  describe: () => ipcRenderer.invoke(channels.describe),
  save: (draft) => ipcRenderer.invoke(channels.save, draft),
  close: () => ipcRenderer.invoke(channels.close),
}

contextBridge.exposeInMainWorld('accountForm', bridge)
