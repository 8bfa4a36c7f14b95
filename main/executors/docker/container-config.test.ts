import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { containerOf, type PlannedContainer, type PlannedResources } from '#shared/pipeline/plan-place.ts';
import { containerConfig, type ContainerWish } from './container-config.ts';

const CONTAINER: PlannedContainer = { ...containerOf('node:24'), env: { TOKEN: 'secret' } };
const NO_LIMITS: PlannedResources = { cpus: null, memoryBytes: null, diskBytes: null, pids: null };
const PLAIN = { remapsUsers: false, hasSelinux: false };

const wish = (
  container: Partial<PlannedContainer> = {},
  more: Partial<ContainerWish> = {},
): ContainerWish => ({
  container: { ...CONTAINER, ...container },
  resources: null,
  name: 'pipewright-r-build-1',
  labels: { 'pipewright.run': 'r' },
  user: '1000:1000',
  network: 'pipewright-r',
  alsoOn: null,
  workspace: path.resolve('/work'),
  home: path.resolve('/home/me'),
  mounts: [{ source: '/work', target: '/work' }],
  ...more,
});

describe('the container of a stage', () => {
  it('has labels, user and network, and no environment that somebody could look up', () => {
    const config = containerConfig(wish(), PLAIN);
    expect(config).toMatchObject({
      Image: 'node:24',
      User: '1000:1000',
      Labels: { 'pipewright.run': 'r' },
      HostConfig: { NetworkMode: 'pipewright-r', Privileged: false },
    });
    expect(JSON.stringify(config)).not.toContain('secret');
  });

  it('has the limits of the stage, and no swap beyond the memory', () => {
    const resources = { cpus: 1.5, memoryBytes: 64, diskBytes: 128, pids: 10 };
    expect(containerConfig(wish({}, { resources }), PLAIN).HostConfig).toMatchObject({
      ...{ NanoCpus: 1_500_000_000, Memory: 64, MemorySwap: 64, PidsLimit: 10 },
      StorageOpt: { size: '128' },
    });
    const free = containerConfig(wish({}, { resources: NO_LIMITS }), PLAIN).HostConfig ?? {};
    expect(Object.keys(free)).not.toContain('Memory');
  });

  it('mounts folders of the host, of the workspace and of the home, and volumes', () => {
    const mounts = ['/data', './cache', '~/.npm', 'shared-cache', ''].map((from, index) => ({
      from,
      to: `/m${index}`,
      isReadOnly: index === 0,
    }));
    const { Mounts = [] } = containerConfig(wish({ mounts }), PLAIN).HostConfig ?? {};
    expect(Mounts.slice(1).map(({ Type, Source }) => [Type, Source])).toEqual([
      ['bind', path.resolve('/data')],
      ['bind', path.resolve('/work/cache')],
      ['bind', path.resolve('/home/me/.npm')],
      ['volume', 'shared-cache'],
      ['volume', ''],
    ]);
    expect(Mounts[1]).toMatchObject({ Target: '/m0', ReadOnly: true });
  });

  it('publishes ports, two of the machine for one of its own too', () => {
    const { HostConfig, ExposedPorts } = containerConfig(wish({ ports: ['80', '8080:80', '53/udp'] }), PLAIN);
    expect(ExposedPorts).toEqual({ '80/tcp': {}, '53/udp': {} });
    expect(HostConfig?.PortBindings).toEqual({
      '80/tcp': [
        { HostIp: '127.0.0.1', HostPort: '' },
        { HostIp: '127.0.0.1', HostPort: '8080' },
      ],
      '53/udp': [{ HostIp: '127.0.0.1', HostPort: '' }],
    });
  });

  it('sees the files of the user where the daemon maps users or labels files', () => {
    const { HostConfig } = containerConfig(wish(), { remapsUsers: true, hasSelinux: true });
    expect(HostConfig).toMatchObject({ UsernsMode: 'host', SecurityOpt: ['label=disable'] });
  });
});
