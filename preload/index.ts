import { contextBridge, ipcRenderer } from 'electron';
import {
  MESSAGES,
  type PreloadApi,
  type RequestChannel,
  type RequestInput,
  type RequestResults,
} from '#shared/api/desktop-ipc.ts';

function request<Channel extends RequestChannel>(
  channel: Channel,
  input: RequestInput<Channel>,
): Promise<RequestResults[Channel]> {
  return ipcRenderer.invoke(channel, input) as Promise<RequestResults[Channel]>;
}

/** Messages of one channel. The event object stays here: it would hand the page `ipcRenderer` as its sender. */
function subscribe(channel: string, listener: (value: never) => void): () => void {
  // Only the shell sends on these channels, in their type.
  const handle = (_event: unknown, value: unknown): void => listener(value as never);
  ipcRenderer.on(channel, handle);
  return () => {
    ipcRenderer.removeListener(channel, handle);
  };
}

// A port cannot cross the context bridge, but a window can post one to itself; the page checks that the sender is its own window.
ipcRenderer.on(MESSAGES.PORT, (event, message: { id: string }) => {
  window.postMessage({ type: MESSAGES.PORT, id: message.id }, window.location.origin, event.ports);
});

const api: PreloadApi = {
  connect: (id) => request('pipewright:connect', { id }),
  desktop: {
    platform: process.platform,
    pickFolder: (title) => request('pipewright:pick-folder', { title }),
    reveal: (path) => request('pipewright:reveal', { path }),
    saveBegin: (suggestedName) => request('pipewright:save-begin', { suggestedName }),
    saveAppend: (id, bytes) => request('pipewright:save-append', { id, bytes }),
    saveEnd: (id, keep) => request('pipewright:save-end', { id, keep }),
    notify: (notification) => request('pipewright:notify', notification),
    setTheme: (theme) => request('pipewright:set-theme', { theme }),
    setCommands: (available) => request('pipewright:set-commands', { available: [...available] }),
    restartHost: () => request('pipewright:restart-host', undefined),
    onHost: (listener) => subscribe(MESSAGES.HOST, listener),
    onCommand: (listener) => subscribe(MESSAGES.COMMAND, listener),
  },
};

contextBridge.exposeInMainWorld('pipewright', api);
