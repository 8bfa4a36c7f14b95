import { RPCHandler } from '@orpc/server/message-port';
import { createRouter } from '#main/api/router.ts';
import type { KeySealer } from '#main/secrets/key-sealer.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import { toAppError } from '#shared/lib/app-error.ts';
import { startBackground } from '../background.ts';
import type { Host } from '../create-host.ts';
import { followNotices } from '../follow-notices.ts';
import { VERSION } from '../version.ts';
import { createFramePorts } from './frame-ports.ts';
import { createShellSealer } from './shell-sealer.ts';
import type { ShellChannel } from './shell-channel.ts';

const CONTEXT = { context: { trigger: { type: 'manual' } } } as const;

/**
 * Serves the windows of a desktop shell until it says `shutdown` or is gone; then ends what runs and closes the host.
 * @returns the exit code for the process
 */
export async function runShellHost(
  channel: ShellChannel,
  open: (sealer: KeySealer) => Promise<Host>,
): Promise<0 | 4> {
  const end = Promise.withResolvers<undefined>();
  const frames = createFramePorts((message) => void channel.send(message));
  const sealer = createShellSealer((message) => void channel.send(message));
  const opened = open(sealer);
  const rpc = opened.then((host) => new RPCHandler(createRouter(host)));
  // Who waits for it below learns of the failure; a connection that came early just stays unanswered.
  rpc.catch(() => undefined);

  channel.onGone(() => end.resolve(undefined));
  channel.onMessage((message, port) => {
    switch (message.type) {
      case 'connect': {
        const connection = port ?? frames.open(message.id);
        void rpc.then((handler) => {
          handler.upgrade(connection as Parameters<typeof handler.upgrade>[0], CONTEXT);
          port?.start();
        });
        return;
      }
      case 'frame':
        // Listeners come with the handler; frames that came before it must not be lost.
        void rpc.then(() => frames.receive(message.id, message.data));
        return;
      case 'close':
        void rpc.then(() => frames.close(message.id));
        return;
      case 'keychain-answer':
        sealer.receive(message.id, message.answer);
        return;
      case 'shutdown':
        end.resolve(undefined);
        return;
      default:
        assertNever(message);
    }
  });

  let host: Host;
  try {
    host = await opened;
  } catch (error) {
    const { message, hint } = toAppError(error);
    await channel.send({ type: 'failed', message, hint });
    return 4;
  }
  const stopCounting = reportActivity(host, channel);
  void channel.send({ type: 'ready', version: VERSION, dataDir: host.dataDir });
  const background = startBackground(host);
  const stopNotices = sendNotices(host, channel);
  await end.promise;
  stopNotices();
  await background.close();
  await host.close();
  stopCounting();
  return 0;
}

function sendNotices(host: Host, channel: ShellChannel): () => void {
  const stop = new AbortController();
  const send = async (): Promise<void> => {
    for await (const notice of followNotices(host, host.opened, stop.signal)) {
      void channel.send({ type: 'notice', ...notice });
    }
  };
  // A store that fails shows in the window; notices are no reason to end the host.
  send().catch(() => undefined);
  return () => stop.abort();
}

function reportActivity({ engine }: Host, channel: ShellChannel): () => void {
  let runningRuns = 0;
  return engine.subscribe((_runId, events) => {
    const before = runningRuns;
    for (const { type } of events) {
      if (type === 'run-created') runningRuns += 1;
      else if (type === 'run-finished') runningRuns -= 1;
    }
    if (runningRuns !== before) void channel.send({ type: 'activity', runningRuns });
  });
}
