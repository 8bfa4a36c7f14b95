import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type RunId, runIdOf } from '#shared/lib/ids.ts';

/** On which hosts runs have something, for whoever cleans up after a host of Pipewright that died. */
export interface RunLedger {
  /** On disk when it settles. */
  add(runId: RunId, host: string): Promise<void>;
  hostsOf(runId: RunId): Promise<readonly string[]>;
  remove(runId: RunId): Promise<void>;
  /** All runs of which something may be left. */
  runs(): Promise<readonly RunId[]>;
}

/** A file for each run below `remote` of the data folder, so that a start without any costs one look. */
export function createRunLedger(dataDir: string): RunLedger {
  const dir = path.join(dataDir, 'remote');
  const fileOf = (runId: RunId): string => path.join(dir, runId);
  let last: Promise<void> = Promise.resolve();

  async function hostsOf(runId: RunId): Promise<readonly string[]> {
    try {
      return (await readFile(fileOf(runId), 'utf8')).split('\n').filter((line) => line !== '');
    } catch {
      // Nothing was written for it.
      return [];
    }
  }

  async function addNow(runId: RunId, host: string): Promise<void> {
    const hosts = await hostsOf(runId);
    if (hosts.includes(host)) return;
    await mkdir(dir, { recursive: true, mode: 0o700 });
    await writeFile(fileOf(runId), [...hosts, host, ''].join('\n'));
  }

  return {
    add(runId, host) {
      const added = last.then(() => addNow(runId, host));
      last = added.catch(() => undefined);
      return added;
    },
    hostsOf,
    remove: (runId) => rm(fileOf(runId), { force: true }),
    async runs() {
      try {
        return (await readdir(dir)).map(runIdOf);
      } catch {
        // No run ever went to another host.
        return [];
      }
    },
  };
}
