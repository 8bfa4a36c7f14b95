import { utilityProcess, type MessagePortMain } from 'electron';
import type { HostMessage, ShellMessage } from '#shared/api/host-protocol.ts';
import type { StartHost } from './host-process.ts';

/** The host as Electron's utility process: ports go to it directly, nothing is copied on the way. */
export function utilityHost(hostFile: string, args: readonly string[]): StartHost<MessagePortMain> {
  return (events) => {
    const child = utilityProcess.fork(hostFile, [...args], {
      serviceName: 'Pipewright engine',
      stdio: 'pipe',
    });
    const send = (message: ShellMessage, ports: MessagePortMain[] = []): void =>
      child.postMessage(message, ports);
    let nextId = 1;
    child.stdout?.on('data', (chunk: Buffer) => events.onOutput(chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => events.onOutput(chunk.toString()));
    child.on('message', (message: HostMessage) => {
      if (message.type !== 'frame' && message.type !== 'close') events.onMessage(message);
    });
    child.on('exit', (code) => events.onExit(`ended with exit code ${code}`));
    return {
      connect: (port) => send({ type: 'connect', id: nextId++ }, [port]),
      answerKeychain: (id, answer) => send({ type: 'keychain-answer', id, answer }),
      shutdown: () => send({ type: 'shutdown' }),
      kill: () => void child.kill(),
    };
  };
}
