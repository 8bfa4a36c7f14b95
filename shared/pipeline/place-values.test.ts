import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hostProblem,
  imageProblem,
  mountProblem,
  portInside,
  portProblem,
  readMount,
} from './place-values.ts';

describe('values of places', () => {
  it.each([
    'node',
    'node:24',
    'library/node:24-alpine',
    'localhost:5000/me/app',
    'ghcr.io/me/app:v1.0_rc.1',
    `node@sha256:${'0a'.repeat(32)}`,
    'Registry.local:5000/app',
    '0123456789ab',
  ])('take `%s` for an image', (image) => {
    expect(imageProblem(image)).toBeNull();
  });

  it.each([
    '',
    ' ',
    'node 24',
    '-v',
    '-v/x',
    'Node:24',
    'node:',
    'node:24:1',
    'https://x/y',
    '/node',
    'a\nb',
  ])('do not take `%s` for an image', (image) => {
    expect(imageProblem(image)).not.toBeNull();
  });

  it.each(['build', 'me@build-1.example.org', '10.0.0.1', 'ssh://build:22'])(
    'take `%s` for a host',
    (host) => {
      expect(hostProblem(host)).toBeNull();
    },
  );

  it.each(['', '-oProxyCommand=x', 'a b', 'a\n'])('do not take `%s` for a host', (host) => {
    expect(hostProblem(host)).not.toBeNull();
  });

  it.each([
    ['5432', '5432'],
    ['8080:80', '80'],
    ['127.0.0.1:8080:80/tcp', '80'],
    ['[::1]:53:53/udp', '53/udp'],
    [':80', '80'],
  ])('know the port that `%s` leads to', (port, inside) => {
    expect(portProblem(port)).toBeNull();
    expect(portInside(port)).toBe(inside);
  });

  it.each(['', '0', '70000', '80:', 'a', '80-90', '1:2:3:4', '80/http', '99999:80'])(
    'do not take `%s` for a port',
    (port) => {
      expect(portProblem(port)).not.toBeNull();
    },
  );

  it.each([
    ['cache:/root/.cache', 'cache', '/root/.cache', false],
    ['./data:/data:ro', './data', '/data', true],
    ['/:/host:ro', '/', '/host', true],
    ['/srv/a:/a:rw', '/srv/a', '/a', false],
    ['C:\\data:/data', 'C:\\data', '/data', false],
    ['C:\\data:D:\\data', 'C:\\data', 'D:\\data', false],
    ['~/.npm:/npm', '~/.npm', '/npm', false],
    ['/scratch', '', '/scratch', false],
    ['D:\\scratch', '', 'D:\\scratch', false],
    ["${{ format('{0}:x', inputs.a) }}:/data", "${{ format('{0}:x', inputs.a) }}", '/data', false],
  ])('read the mount `%s`', (text, from, to, isReadOnly) => {
    const mount = readMount(text);
    expect(mount).toEqual({ from, to, isReadOnly });
    if (!text.includes('$')) expect(mountProblem(mount)).toBeNull();
  });

  it.each([
    'cache',
    'cache:data',
    '../up:/x',
    '~:/x',
    '~ada/x:/x',
    'a/../../b:/x',
    'a:/',
    '/a:/b:z',
    'cache:/',
  ])('do not take `%s` for a mount', (text) => {
    expect(mountProblem(readMount(text))).not.toBeNull();
  });

  it('read what is put together of a path and a place in the container', () => {
    const path = fc.stringMatching(/^\/[a-z0-9./_-]{1,20}$/);
    fc.assert(
      fc.property(path, path, fc.boolean(), (from, to, isReadOnly) => {
        expect(readMount(`${from}:${to}${isReadOnly ? ':ro' : ''}`)).toEqual({ from, to, isReadOnly });
      }),
    );
  });
});
