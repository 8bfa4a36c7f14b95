import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDaemonAddress, parseDaemonAddress } from './daemon-address.ts';

describe('the address of a daemon', () => {
  it.each([
    ['unix:///run/user/1000/docker.sock', { type: 'socket', path: '/run/user/1000/docker.sock' }],
    ['npipe:////./pipe/docker_engine', { type: 'socket', path: '//./pipe/docker_engine' }],
    ['tcp://box:2375', { type: 'tcp', host: 'box', port: 2375, tls: null }],
    ['tcp://[::1]:9', { type: 'tcp', host: '::1', port: 9, tls: null }],
    ['box', { type: 'tcp', host: 'box', port: 2375, tls: null }],
    ['ssh://me@box', { type: 'ssh', target: 'me@box', port: null }],
    ['ssh://box:2222', { type: 'ssh', target: 'box', port: 2222 }],
  ])('%s is read', (text, address) => {
    expect(parseDaemonAddress(text, null)).toEqual(address);
  });

  it('has the port of TLS when certificates go with it', () => {
    const tls = { dir: '/certs', mustVerify: true };
    expect(parseDaemonAddress('tcp://box', tls)).toEqual({ type: 'tcp', host: 'box', port: 2376, tls });
  });

  it.each(['', 'unix://', 'fd://', 'tcp://', 'gopher://box'])('%j is refused with a way out', (text) => {
    expect(() => parseDaemonAddress(text, null)).toThrow(
      expect.objectContaining({
        code: 'docker-unreachable',
        hint: expect.stringContaining('DOCKER_HOST') as string,
      }),
    );
  });

  it('never gives ssh a target that is an option', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          const address = parseDaemonAddress(`ssh://${text}`, null);
          if (address.type === 'ssh') expect(address.target).not.toMatch(/^-/);
        } catch (error) {
          expect(error).toMatchObject({ code: 'docker-unreachable' });
        }
      }),
    );
  });

  it('is shown as it is written', () => {
    for (const text of ['unix:///a/b', 'npipe:////./pipe/x', 'tcp://box:1', 'ssh://me@box', 'ssh://box:2'])
      expect(formatDaemonAddress(parseDaemonAddress(text, null))).toBe(text);
  });
});
