import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DaemonSurroundings, findDaemon } from './find-daemon.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), 'pipewright-docker-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function write(file: string, content: unknown): void {
  const absolute = path.join(home, '.docker', file);
  mkdirSync(path.dirname(absolute), { recursive: true });
  writeFileSync(absolute, JSON.stringify(content));
}

const idOf = (name: string): string => createHash('sha256').update(name).digest('hex');

const around = (env: NodeJS.ProcessEnv = {}, platform: NodeJS.Platform = 'linux'): DaemonSurroundings => ({
  env,
  platform,
  home,
});

describe('which daemon is meant', () => {
  it('is said by DOCKER_HOST before all else', () => {
    write('config.json', { currentContext: 'other' });
    expect(findDaemon(around({ DOCKER_HOST: 'tcp://box:2376', DOCKER_TLS_VERIFY: '1' }))).toEqual({
      addresses: [
        {
          type: 'tcp',
          host: 'box',
          port: 2376,
          tls: { dir: path.join(home, '.docker'), mustVerify: true },
        },
      ],
      namedBy: 'DOCKER_HOST',
    });
  });

  it('is said by the context in use, with its certificates', () => {
    write('config.json', { currentContext: 'team' });
    const meta = { Name: 'team', Endpoints: { docker: { Host: 'tcp://team:2376', SkipTLSVerify: true } } };
    write(`contexts/meta/${idOf('team')}/meta.json`, meta);
    const dir = path.join(home, '.docker/contexts/tls', idOf('team'), 'docker');
    expect(findDaemon(around())).toEqual({
      addresses: [{ type: 'tcp', host: 'team', port: 2376, tls: { dir, mustVerify: false } }],
      namedBy: 'the Docker context team',
    });
  });

  it('is said by DOCKER_CONTEXT before the context in use', () => {
    write('config.json', { currentContext: 'team' });
    const meta = { Name: 'far', Endpoints: { docker: { Host: 'ssh://me@far' } } };
    write(`contexts/meta/${idOf('far')}/meta.json`, meta);
    const { addresses } = findDaemon(around({ DOCKER_CONTEXT: 'far' }));
    expect(addresses).toEqual([{ type: 'ssh', target: 'me@far', port: null }]);
  });

  it('is refused when the context is not there', () => {
    expect(() => findDaemon(around({ DOCKER_CONTEXT: 'gone' }))).toThrow('There is no Docker context gone.');
  });

  it('is else one of the usual sockets, the rootless ones of the user too', () => {
    const { addresses, namedBy } = findDaemon(around({ XDG_RUNTIME_DIR: '/run/user/7' }));
    const paths = addresses.map((address) => (address.type === 'socket' ? address.path : ''));
    expect(namedBy).toBeNull();
    expect(paths[0]).toBe('/var/run/docker.sock');
    expect(paths).toContain('/run/user/7/docker.sock');
    expect(paths).toContain('/run/user/7/podman/podman.sock');
  });

  it('is on Windows one of the pipes', () => {
    const { addresses } = findDaemon(around({}, 'win32'));
    expect(addresses[0]).toEqual({ type: 'socket', path: '//./pipe/docker_engine' });
  });

  it('does not mind a configuration that cannot be read', () => {
    mkdirSync(path.join(home, '.docker'));
    writeFileSync(path.join(home, '.docker/config.json'), '{ not json');
    expect(findDaemon(around()).namedBy).toBeNull();
  });
});
