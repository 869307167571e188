import { contextBridge, ipcRenderer } from 'electron'
import type { PopoverBridge } from '../contract/bridge.ts'
import { accountWanted, popoverChannels as channels, stateChanged } from '../contract/channels.ts'
import type { AppState } from '../contract/state.ts'

const bridge: PopoverBridge = {
  getState: () => ipcRenderer.invoke(channels.getState),
  onState: (listener) => {
    const forward = (_event: unknown, state: AppState): void => {
      listener(state)
    }
    ipcRenderer.on(stateChanged, forward)
    return () => {
      ipcRenderer.off(stateChanged, forward)
    }
  },
  onAccountWanted: (listener) => {
    const forward = (_event: unknown, name: string): void => {
      listener(name)
    }
    ipcRenderer.on(accountWanted, forward)
    return () => {
      ipcRenderer.off(accountWanted, forward)
    }
  },
  login: (name) => ipcRenderer.invoke(channels.login, { name }),
  cancelLogin: (name) => ipcRenderer.invoke(channels.cancelLogin, { name }),
  answerCode: (name, code) => ipcRenderer.invoke(channels.answerCode, { name, code }),
  copyToken: (name) => ipcRenderer.invoke(channels.copyToken, { name }),
  copyCode: (name) => ipcRenderer.invoke(channels.copyCode, { name }),
  copyDiagnostics: (name) => ipcRenderer.invoke(channels.copyDiagnostics, { name }),
  addPractice: () => ipcRenderer.invoke(channels.addPractice),
  removeAccount: (name) => ipcRenderer.invoke(channels.removeAccount, { name }),
  openAccountForm: (name) => ipcRenderer.invoke(channels.openAccountForm, { name }),
  moveAccount: (name, before) => ipcRenderer.invoke(channels.moveAccount, { name, before }),
  setMorning: (name, morning) => ipcRenderer.invoke(channels.setMorning, { name, morning }),
  pauseSchedule: (until) => ipcRenderer.invoke(channels.pauseSchedule, { until }),
  resumeSchedule: () => ipcRenderer.invoke(channels.resumeSchedule),
  dismissNotice: (notice) => ipcRenderer.invoke(channels.dismissNotice, { notice }),
  checkKeychain: () => ipcRenderer.invoke(channels.checkKeychain),
  openSettings: () => ipcRenderer.invoke(channels.openSettings),
  fit: (height) => ipcRenderer.invoke(channels.fit, { height }),
  hide: () => ipcRenderer.invoke(channels.hide),
}

contextBridge.exposeInMainWorld('tokentray', bridge)
