import { expect, it } from 'vitest';
import type { PlannedContainerService } from '#shared/pipeline/plan-place.ts';
import { optionConfig, serviceWithOptions, withOptions } from './with-options.ts';

const container = (
  options: string,
  more: Partial<PlannedContainerService> = {},
): PlannedContainerService => ({
  ...{ id: 'it', image: 'a', env: {}, ports: [], mounts: [], user: null, network: null, pull: 'never' },
  ...{ isPrivileged: false, command: [], health: null, options, ...more },
});

it('makes the configuration of a container of its options', () => {
  const text =
    '--cpus .5 -m 1g --add-host a:1.2.3.4 --tmpfs /t --ulimit nofile=5 --device /dev/a:r --device /dev/b:/dev/c --security-opt x --sysctl a.b=1=2';
  expect(optionConfig(container(text), 'stage')).toEqual({
    top: {},
    securityOpt: ['x'],
    host: {
      ...{ NanoCpus: 5e8, Memory: 2 ** 30, MemorySwap: 2 ** 30, ExtraHosts: ['a:1.2.3.4'] },
      ...{ Tmpfs: { '/t': '' }, Ulimits: [{ Name: 'nofile', Soft: 5, Hard: 5 }], Sysctls: { 'a.b': '1=2' } },
      Devices: [
        { PathOnHost: '/dev/a', PathInContainer: '/dev/a', CgroupPermissions: 'r' },
        { PathOnHost: '/dev/b', PathInContainer: '/dev/c', CgroupPermissions: 'rwm' },
      ],
    },
  });
});

it('lets a key win over the option that says the same', () => {
  const options = '--user 5 --platform linux/arm64 --privileged';
  expect(withOptions(container(options), 'stage')).toMatchObject({
    ...{ user: '5', platform: 'linux/arm64', isPrivileged: true },
  });
  expect(withOptions(container(options, { user: '7', platform: 'linux/amd64' }), 'stage')).toMatchObject({
    ...{ user: '7', platform: 'linux/amd64' },
  });
});

it('takes the check of a service from its options, unless it has one', () => {
  const options = '--health-cmd "test -e /up" --health-interval 2s --health-retries 3';
  const own = { command: 'true', intervalMs: 1, timeoutMs: 1, retries: 1, startPeriodMs: 0 };
  expect(serviceWithOptions(container(options)).health).toEqual({
    ...{ command: 'test -e /up', intervalMs: 2_000, timeoutMs: 10_000, retries: 3, startPeriodMs: 0 },
  });
  expect(serviceWithOptions(container(options, { health: own })).health).toBe(own);
});

it('refuses what came of an expression and is no option', () => {
  expect(() => withOptions(container('--restart always'), 'stage')).toThrow(
    '`options` of a container holds --restart',
  );
});
