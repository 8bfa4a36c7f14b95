import { describe, expect, it } from 'vitest';
import { readStats } from './container-usage.ts';

const cpu_stats = { cpu_usage: { total_usage: 1_250_400_000 } };

describe('readStats', () => {
  it('reads processors, memory of its own and storage as cgroup v1 tells them', () => {
    const io_service_bytes_recursive = [
      { op: 'Read', value: 4_096 },
      { op: 'Write', value: 10 },
      { op: 'Write', value: 5 },
      { op: 'Total', value: 4_111 },
    ];
    expect(
      readStats({
        cpu_stats,
        memory_stats: { usage: 900, stats: { total_rss: 300, total_inactive_file: 500 } },
        blkio_stats: { io_service_bytes_recursive },
      }),
    ).toEqual({ cpuMs: 1_250, memoryBytes: 300, readBytes: 4_096, writtenBytes: 15 });
  });

  it('reads what cgroup v2 tells, which names no storage that was not used', () => {
    expect(
      readStats({
        cpu_stats,
        memory_stats: { usage: 900, stats: { anon: 250, inactive_file: 500 } },
        blkio_stats: { io_service_bytes_recursive: null },
      }),
    ).toEqual({ cpuMs: 1_250, memoryBytes: 250, readBytes: null, writtenBytes: null });
  });

  it('takes all that is in use where an engine does not tell whose it is', () => {
    expect(readStats({ cpu_stats, memory_stats: { usage: 900 } })).toMatchObject({ memoryBytes: 900 });
  });

  it('finds nothing for a container that has ended', () => {
    expect(readStats({ cpu_stats: { cpu_usage: { total_usage: 0 } }, memory_stats: {} })).toBeNull();
  });
});
