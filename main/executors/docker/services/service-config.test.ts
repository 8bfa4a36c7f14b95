import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlannedContainerService } from '#shared/pipeline/plan-place.ts';
import { SECRETS_ENTRYPOINT, secretVariables } from './secret-variables.ts';
import { type ImageFacts, serviceConfig } from './service-config.ts';
import { factsInside, factsOutside, publishedHost } from './service-ports.ts';

const SERVICE: PlannedContainerService = {
  ...{ id: 'db', image: 'postgres:16', env: {}, ports: [], mounts: [], user: null, network: null },
  ...{ pull: 'missing', isPrivileged: false, command: [], health: null },
};
const IMAGE: ImageFacts = { entrypoint: ['/entry'], command: ['serve'], exposed: ['5432/tcp'] };

const configOf = (service: Partial<PlannedContainerService>, publishTo: string | null = '127.0.0.1') =>
  serviceConfig(
    { ...SERVICE, ...service },
    IMAGE,
    { network: 'net', labels: { 'pipewright.run': 'r' }, publishTo },
    { workspace: '/work', holdsSecret: (text) => text.includes('s3cret') },
  );

describe('serviceConfig', () => {
  it('shows the ports of the image on free ports of this machine when the file names none', () => {
    const { ports, options } = configOf({});
    expect(ports).toEqual(['5432/tcp']);
    expect(options.HostConfig?.PortBindings).toEqual({ '5432/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }] });
  });

  it('shows fixed ports only to containers of the network, which need no other', () => {
    const { options } = configOf({ ports: ['5432', '8080:80'] }, null);
    expect(options.HostConfig?.PortBindings).toEqual({
      '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '8080' }],
    });
  });

  it('shows them to other machines where the daemon is one, or the file says so', () => {
    expect(configOf({ ports: ['0.0.0.0:8080:80'] }).options.HostConfig?.PortBindings).toEqual({
      '80/tcp': [{ HostIp: '0.0.0.0', HostPort: '8080' }],
    });
    expect(configOf({}, '0.0.0.0').options.HostConfig?.PortBindings).toEqual({
      '5432/tcp': [{ HostIp: '0.0.0.0', HostPort: '' }],
    });
  });

  it('keeps what holds a secret out of the configuration, and puts a reader of it before the command', () => {
    const { options, secret } = configOf({ env: { PLAIN: 'a', PASSWORD: 's3cret' }, command: ['-v'] });
    expect(secret).toEqual({ PASSWORD: 's3cret' });
    expect(JSON.stringify(options)).not.toContain('s3cret');
    expect(options).toMatchObject({
      Env: ['PLAIN=a'],
      Entrypoint: [...SECRETS_ENTRYPOINT, '/entry', '-v'],
      OpenStdin: true,
    });
  });

  it('leaves the words of the image alone without a secret', () => {
    expect(configOf({}).options).not.toHaveProperty('Entrypoint');
    expect(configOf({ command: ['-v'] }).options.Cmd).toEqual(['-v']);
  });

  it('mounts folders of the workspace, volumes by name and volumes without one', () => {
    const mounts = [
      { from: 'sql', to: '/a', isReadOnly: false },
      { from: './sql', to: '/b', isReadOnly: true },
      { from: '', to: '/c', isReadOnly: false },
    ];
    const { options } = configOf({ mounts });
    expect(options.HostConfig?.Binds).toEqual(['sql:/a', '/work/sql:/b:ro']);
    expect(options.Volumes).toEqual({ '/c': {} });
  });
});

describe('the ways to a service', () => {
  it('are the ports that Docker gave it, and the real ones in its network', () => {
    const bindings = {
      '5432/tcp': [{ HostIp: '127.0.0.1', HostPort: '40001' }],
      '53/udp': [{ HostIp: '127.0.0.1', HostPort: '40002' }],
      '99/tcp': null,
    };
    expect(factsOutside('127.0.0.1', bindings)).toEqual({
      host: '127.0.0.1',
      ports: { '5432': 40001, '53/udp': 40002 },
    });
    expect(factsInside('db', ['5432/tcp'])).toEqual({ host: 'db', ports: { '5432': 5432 } });
  });

  it.each([
    ['unix:///var/run/docker.sock', '127.0.0.1'],
    ['npipe:////./pipe/docker_engine', '127.0.0.1'],
    ['tcp://build.example:2376', 'build.example'],
    ['ssh://me@build.example', 'build.example'],
    ['tcp://localhost:2375', '127.0.0.1'],
  ])('lead to the machine of the daemon at %s: %s', (address, host) => {
    expect(publishedHost(address)).toBe(host);
  });
});

describe.skipIf(process.platform === 'win32')('variables that hold secrets', () => {
  it('come out of a shell as they went in', () => {
    const value = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'));
    const [file, ...args] = SECRETS_ENTRYPOINT;
    fc.assert(
      fc.property(value, (text) => {
        const input = secretVariables('db', { VALUE: text, OTHER: 'x' });
        const print = ['/bin/sh', '-c', 'printf "%s|%s" "$VALUE" "$OTHER"'];
        expect(execFileSync(file!, [...args, ...print], { input, encoding: 'utf8' })).toBe(`${text}|x`);
      }),
      { numRuns: 30 },
    );
  });

  it('are read after what Podman puts before them', () => {
    const [file, ...args] = SECRETS_ENTRYPOINT;
    const input = `{"stream":true}${secretVariables('db', { VALUE: 'x' })}`;
    const print = ['/bin/sh', '-c', 'printf "%s" "$VALUE"'];
    expect(execFileSync(file!, [...args, ...print], { input, encoding: 'utf8' })).toBe('x');
  });

  it('need a name that a shell can set', () => {
    expect(() => secretVariables('db', { 'my.name': 'x' })).toThrow(/none that a shell can set/);
  });
});
