import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { watchContainerUsage } from '#main/executors/docker/container-usage.ts';
import { connectDocker } from '#main/executors/docker/docker-client.ts';
import { makeShellImage, SHELL_IMAGE } from '#test/support/local-images.ts';
import { cpuPercent } from './cpu-percent.ts';
import { type Figure, rounded } from './figure.ts';

const CONTAINERS = 4;
const LIMIT_PERCENT = 1;

/**
 * Looks at four containers: processor time of this process, and of the daemon that it asks, in percent of one processor over
 * what they take when nobody looks. The daemon's figure means something only while nobody else uses it.
 */
export async function benchContainerUsage(): Promise<Figure[]> {
  if (spawnSync('docker', ['info'], { stdio: 'ignore' }).status !== 0) {
    console.error('usage of containers: skipped, as no daemon answers.');
    return [];
  }
  makeShellImage();
  const daemon = await connectDocker();
  const pid = daemonPid(daemon.address);
  const ids = Array.from({ length: CONTAINERS }, () =>
    docker('run', '-d', '--rm', '--network', 'none', SHELL_IMAGE, 'sleep', '600').trim(),
  );
  try {
    const idle = await cpuPercent(pid);
    const watches = ids.map((id) => watchContainerUsage(daemon.docker.getContainer(id), () => undefined));
    const busy = await cpuPercent(pid);
    await Promise.all(watches.map((watch) => watch.stop()));
    const own: Figure = {
      name: 'usage.containers',
      value: rounded(busy.own - idle.own),
      unit: '%',
      limit: LIMIT_PERCENT,
    };
    if (idle.other === null || busy.other === null) return [own];
    return [own, { name: 'usage.containers-daemon', value: rounded(busy.other - idle.other), unit: '%' }];
  } finally {
    docker('rm', '-f', ...ids);
  }
}

const docker = (...words: readonly string[]): string =>
  execFileSync('docker', [...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

/** Daemons write their number beside their socket. */
function daemonPid(address: string): number | null {
  try {
    const folder = path.dirname(address.replace(/^unix:\/\//, ''));
    return Number(readFileSync(path.join(folder, 'docker.pid'), 'utf8'));
  } catch {
    // It is elsewhere.
    return null;
  }
}
