import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { expect, it } from 'vitest';
import type { Contract } from '#shared/api/contract.ts';
import type { HostMessage } from '#shared/api/host-protocol.ts';

const ENTRY = path.resolve(import.meta.dirname, '../../main/host/index.ts');

interface ForkedHost extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly dataDir: string;
  /** Resolves with the next message of this type. */
  next<Type extends HostMessage['type']>(type: Type): Promise<Extract<HostMessage, { type: Type }>>;
  connect(id: number): ContractRouterClient<Contract>;
}

function forkHost(dataDir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-shell-'))): ForkedHost {
  const child = fork(ENTRY, ['--mode', 'desktop', '--data', dataDir], {
    serialization: 'advanced',
    silent: true,
  });
  return {
    child,
    dataDir,
    next: (type) =>
      new Promise((resolve) => {
        const listen = (message: HostMessage): void => {
          if (message.type !== type) return;
          child.off('message', listen as never);
          resolve(message as never);
        };
        child.on('message', listen as never);
      }),
    connect(id) {
      const port = new EventTarget();
      child.on('message', ((message: HostMessage) => {
        if (message.type === 'frame' && message.id === id) {
          port.dispatchEvent(new MessageEvent('message', { data: message.data }));
        }
      }) as never);
      child.send({ type: 'connect', id });
      const link = new RPCLink({
        port: Object.assign(port, {
          postMessage: (data: unknown) => void child.send({ type: 'frame', id, data }),
        }),
      });
      return createORPCClient(link);
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

it('serves a window over frames, tells of its runs and ends them on shutdown', async () => {
  await using host = forkHost();
  expect(await host.next('ready')).toMatchObject({ dataDir: host.dataDir });
  const client = host.connect(1);
  expect(await client.system.info()).toMatchObject({ mode: 'desktop', dataDir: host.dataDir });

  const project = await client.project.openSample();
  expect(project).toMatchObject({ isSample: true, exists: true });
  expect(existsSync(path.join(project.dir, '.git'))).toBe(true);
  writeFileSync(path.join(project.dir, '.pipewright/long.yml'), "stages: { long: { run: 'sleep 600' } }\n");
  const files = await client.project.pipelines({ projectId: project.id });
  expect(files.map(({ file }) => file)).toEqual([
    'pipewright.yml',
    '.pipewright/catalog.yml',
    '.pipewright/failing.yml',
    '.pipewright/long.yml',
  ]);

  const isActive = host.next('activity');
  const long = { projectId: project.id, file: '.pipewright/long.yml' };
  await expect(client.run.start(long)).rejects.toMatchObject({ data: { code: 'not-trusted' } });
  await client.trust.grant(long);
  await client.run.start(long);
  expect(await isActive).toEqual({ type: 'activity', runningRuns: 1 });
  const isIdle = host.next('activity');
  const exit = once(host.child, 'exit');
  host.child.send({ type: 'shutdown' });
  expect(await isIdle).toEqual({ type: 'activity', runningRuns: 0 });
  expect(await exit).toEqual([0, null]);
});

it('says why it cannot start', async () => {
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'pipewright-shell-')), 'file');
  writeFileSync(file, '');
  await using host = forkHost(file);
  const exit = once(host.child, 'exit');
  expect(await host.next('failed')).toMatchObject({
    message: expect.stringMatching(/cannot be used/) as unknown,
  });
  expect(await exit).toEqual([4, null]);
  rmSync(path.dirname(file), { recursive: true });
});

it('ends when the shell is gone', async () => {
  await using host = forkHost();
  await host.next('ready');
  host.child.disconnect();
  expect(await once(host.child, 'exit')).toEqual([0, null]);
});
