import { spawn } from 'node:child_process';
import type { MessagePortMain } from 'electron';
import type { HostMessage, ShellMessage } from '#shared/api/host-protocol.ts';
import type { StartHost } from './host-process.ts';

/**
 * The host under a Node outside of Electron (`PIPEWRIGHT_HOST_NODE`), for development and tests. Ports cannot leave
 * Electron, so each connection's messages travel as frames over the child's IPC channel.
 */
export function forkedHost(
  node: string,
  hostFile: string,
  args: readonly string[],
): StartHost<MessagePortMain> {
  return (events) => {
    const child = spawn(node, [hostFile, ...args], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
    });
    const ports = new Map<number, MessagePortMain>();
    let nextId = 1;
    let hasEnded = false;

    const send = (message: ShellMessage): void => {
      // The callback takes the error of a channel that breaks while sending; `exit` follows it.
      if (child.connected) child.send(message, () => undefined);
    };
    const end = (reason: string): void => {
      if (hasEnded) return;
      hasEnded = true;
      for (const port of ports.values()) port.close();
      ports.clear();
      events.onExit(reason);
    };
    const receive = (message: HostMessage): void => {
      switch (message.type) {
        case 'frame':
          ports.get(message.id)?.postMessage(message.data);
          return;
        case 'close':
          ports.get(message.id)?.close();
          ports.delete(message.id);
          return;
        case 'ready':
        case 'failed':
        case 'activity':
        case 'notice':
        case 'keychain':
          events.onMessage(message);
      }
    };

    child.stdout?.on('data', (chunk: Buffer) => events.onOutput(chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => events.onOutput(chunk.toString()));
    child.on('message', (message) => receive(message as HostMessage));
    child.on('error', (error) => end(`could not be started: ${error.message}`));
    child.on('exit', (code, signal) =>
      end(signal === null ? `ended with exit code ${code ?? 0}` : `was ended by ${signal}`),
    );

    return {
      connect: (port) => {
        const id = nextId++;
        ports.set(id, port);
        port.on('message', ({ data }) => send({ type: 'frame', id, data: data as string | Uint8Array }));
        port.on('close', () => {
          if (ports.delete(id)) send({ type: 'close', id });
        });
        send({ type: 'connect', id });
        port.start();
      },
      answerKeychain: (id, answer) => send({ type: 'keychain-answer', id, answer }),
      shutdown: () => send({ type: 'shutdown' }),
      kill: () => void child.kill('SIGKILL'),
    };
  };
}
