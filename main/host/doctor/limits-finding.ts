import { type CgroupParent, findCgroupParent } from '#main/executors/process/limits/cgroup-parent.ts';
import { type Finding, MACHINE_GROUP } from './finding.ts';

const ABOUT = {
  name: 'limits',
  group: MACHINE_GROUP,
  neededFor: '`resources` of stages on this machine',
} as const;
const IN_CONTAINER = 'A stage in a container has all of them.';

/** Which way the limits of local stages would be kept. */
export function limitsFinding(
  platform: NodeJS.Platform = process.platform,
  find: () => CgroupParent | null = findCgroupParent,
): Finding {
  if (platform === 'win32') {
    const hint = `They are not kept for local stages on Windows. ${IN_CONTAINER}`;
    return { ...ABOUT, status: 'missing', version: null, detail: null, hint };
  }
  const holds = find()?.holds ?? new Set();
  const kept = (['cpu', 'memory', 'pids'] as const).filter((one) => holds.has(one));
  if (kept.length === 3)
    return {
      ...{ ...ABOUT, status: 'ok', version: 'cgroup v2', hint: null },
      detail: 'the kernel keeps `cpus`, `memory` and `pids`',
    };
  const byKernel = kept.length === 0 ? '' : `the kernel keeps ${kept.map(nameOf).join(' and ')}, `;
  const byWatcher = (['memory', 'pids'] as const).filter((one) => !holds.has(one)).map(nameOf);
  const watched = byWatcher.length === 0 ? '' : `a watcher keeps ${byWatcher.join(' and ')}`;
  const detail = `${byKernel}${watched}`.replace(/, $/, '');
  const hint = holds.has('cpu') ? null : `\`cpus\` is not kept${wayOut(platform)} ${IN_CONTAINER}`;
  return { ...ABOUT, status: 'partial', version: 'watcher', detail, hint };
}

const nameOf = (controller: 'cpu' | 'memory' | 'pids'): string =>
  controller === 'cpu' ? '`cpus`' : `\`${controller}\``;

/** Where systemd delegates a part of the cgroups, which it does to sessions of its own. */
function wayOut(platform: NodeJS.Platform): string {
  return platform === 'linux'
    ? ': this user may make no cgroup (v2). Where systemd runs, `systemd-run --user --scope pipewright …` may.'
    : '.';
}
