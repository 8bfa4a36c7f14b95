import { describe, expect, it } from 'vitest';
import { dockerFinding } from './docker-finding.ts';
import { limitsFinding } from './limits-finding.ts';
import { terminalFinding } from './terminal-finding.ts';

describe('what doctor says of a container engine', () => {
  it('is one sentence and the way out where none answers', async () => {
    expect(await dockerFinding({ DOCKER_HOST: 'unix:///nowhere/docker.sock' })).toMatchObject({
      status: 'missing',
      version: null,
      hint: expect.stringMatching(
        /^Docker at unix:\/\/\/nowhere\/docker\.sock.* nobody answers there\. Start /,
      ) as string,
    });
  });
});

describe('what doctor says of limits', () => {
  const parent = (...holds: readonly ('cpu' | 'memory' | 'pids')[]) => ({
    dir: '/nowhere',
    holds: new Set(holds),
  });

  it('is that the kernel keeps them where a cgroup can', () => {
    expect(limitsFinding('linux', () => parent('cpu', 'memory', 'pids'))).toMatchObject({
      status: 'ok',
      version: 'cgroup v2',
      hint: null,
    });
  });

  it('is what a watcher keeps elsewhere, and how to get the rest', () => {
    expect(limitsFinding('linux', () => null)).toMatchObject({
      status: 'partial',
      detail: 'a watcher keeps `memory` and `pids`',
      hint: expect.stringMatching(/^`cpus` is not kept: .*systemd-run/) as string,
    });
    expect(limitsFinding('darwin', () => null).hint).not.toContain('systemd');
  });

  it('tells apart what the kernel keeps and what is watched', () => {
    expect(limitsFinding('linux', () => parent('cpu', 'memory'))).toMatchObject({
      status: 'partial',
      detail: 'the kernel keeps `cpus` and `memory`, a watcher keeps `pids`',
      hint: null,
    });
  });

  it('is that there are none on Windows', () => {
    expect(limitsFinding('win32', () => null)).toMatchObject({ status: 'missing' });
  });
});

it.runIf(process.platform === 'linux')(
  'doctor opens a terminal to see whether one can be opened',
  async () => {
    expect(await terminalFinding()).toMatchObject({ status: 'ok', hint: null });
  },
);
