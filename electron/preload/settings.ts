import { contextBridge, ipcRenderer } from 'electron'
import { settingsChanged, settingsChannels as channels } from '../contract/channels.ts'
import type { SettingsBridge } from '../contract/settings-bridge.ts'
import type { SettingsView } from '../contract/settings.ts'

const bridge: SettingsBridge = {
  describe: () => ipcRenderer.invoke(channels.describe),
  onView: (listener) => {
    const forward = (_event: unknown, view: SettingsView): void => {
      listener(view)
    }
    ipcRenderer.on(settingsChanged, forward)
    return () => {
      ipcRenderer.off(settingsChanged, forward)
    }
  },
  change: (change) => ipcRenderer.invoke(channels.change, change),
  recordShortcut: (recording) => ipcRenderer.invoke(channels.recordShortcut, { recording }),
  openStateFolder: () => ipcRenderer.invoke(channels.openStateFolder),
  keepWebhook: (address) => ipcRenderer.invoke(channels.keepWebhook, { address }),
  keepTelegram: (token, chat) => ipcRenderer.invoke(channels.keepTelegram, { token, chat }),
  forgetWay: (way) => ipcRenderer.invoke(channels.forgetWay, { way }),
  tryWay: (way) => ipcRenderer.invoke(channels.tryWay, { way }),
  close: () => ipcRenderer.invoke(channels.close),
}

contextBridge.exposeInMainWorld('settings', bridge)
