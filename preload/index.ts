import { contextBridge, ipcRenderer } from 'electron';
import {
  MESSAGES,
  type HostStatus,
  type PreloadApi,
  type RequestChannel,
  type RequestInput,
  type RequestResults,
  type ShellCommand,
} from '#shared/api/desktop-ipc.ts';

async function request<Channel extends RequestChannel>(
  channel: Channel,
  input: RequestInput<Channel>,
): Promise<RequestResults[Channel]> {
  try {
    return (await ipcRenderer.invoke(channel, input)) as RequestResults[Channel];
  } catch (error) {
    // Electron puts the channel and the class before the sentence that is meant for people.
    const text = error instanceof Error ? error.message : String(error);
    throw new Error(text.replace(/^Error invoking remote method '[^']*': (?:\w*Error: )?/, ''), {
      cause: error,
    });
  }
}

/** The event object stays here: it would hand the page `ipcRenderer` as its sender. */
function onHost(listener: (status: HostStatus) => void): () => void {
  const handle = (_event: unknown, status: HostStatus): void => listener(status);
  ipcRenderer.on(MESSAGES.HOST, handle);
  return () => {
    ipcRenderer.removeListener(MESSAGES.HOST, handle);
  };
}

/** Commands may come before the page has drawn itself; the first listener gets them. */
const commandListeners = new Set<(command: ShellCommand) => void>();
const waitingCommands: ShellCommand[] = [];
ipcRenderer.on(MESSAGES.COMMAND, (_event, command: ShellCommand) => {
  if (commandListeners.size === 0) waitingCommands.push(command);
  for (const listener of commandListeners) listener(command);
});

function onCommand(listener: (command: ShellCommand) => void): () => void {
  commandListeners.add(listener);
  for (const command of waitingCommands.splice(0)) listener(command);
  return () => {
    commandListeners.delete(listener);
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
    setTheme: (theme) => request('pipewright:set-theme', { theme }),
    setCommands: (available) => request('pipewright:set-commands', { available: [...available] }),
    restartHost: () => request('pipewright:restart-host', undefined),
    onHost,
    onCommand,
  },
};

contextBridge.exposeInMainWorld('pipewright', api);
