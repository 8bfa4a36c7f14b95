import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createArtifacts } from '#main/artifacts/create-artifacts.ts';
import { createBlobs } from '#main/artifacts/blobs.ts';
import { readManifest } from '#main/artifacts/manifest.ts';
import type { ArtifactSummary } from '#shared/run/events.ts';
import { type Figure, median, rounded } from './figure.ts';

const FOLDERS = 500;
const FILES_PER_FOLDER = 100;
const FILE_BYTES = 4_000;
/** A host runs for days: the first rounds only warm up. */
const WARM_UPS = 2;
const ROUNDS = 5;
const MAX_RATIO = 1.5;
const MAX_LIST_MS = 500;
const NEVER = new AbortController().signal;
const ARTIFACT = { name: 'site', paths: ['site/**'], ifNoFilesFound: 'error' } as const;

/** Stores an artifact of 50,000 files that nobody has stored before, against `tar` of the same folder; and lists its files. */
export async function benchArtifacts(): Promise<Figure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pipewright-bench-'));
  try {
    const workspace = path.join(folder, 'workspace');
    writeTree(path.join(workspace, 'site'));
    const times: Record<'store' | 'tar' | 'list', number[]> = { store: [], tar: [], list: [] };
    for (let round = 0; round < WARM_UPS + ROUNDS; round += 1) {
      const data = path.join(folder, `data-${round}`);
      const archive = path.join(folder, 'site.tar');
      const blobs = createBlobs(data);
      const tar = await timed(() => execFileSync('tar', ['-cf', archive, '-C', workspace, 'site']));
      let stored: ArtifactSummary | null = null;
      const store = await timed(async () => {
        ({ artifact: stored } = await createArtifacts(blobs).collect(workspace, ARTIFACT, NEVER));
      });
      const { sha256 } = stored as unknown as ArtifactSummary;
      const list = await timed(() => readManifest(blobs, sha256));
      rmSync(data, { recursive: true });
      rmSync(archive);
      if (round < WARM_UPS) continue;
      times.store.push(store);
      times.tar.push(tar);
      times.list.push(list);
    }
    const [store, tar, list] = [median(times.store), median(times.tar), median(times.list)];
    return [
      {
        name: 'artifact of 50,000 files, stored, over tar',
        value: rounded(store),
        unit: 'ms',
        baseline: rounded(tar),
        ratio: rounded(store / tar),
        limit: MAX_RATIO,
      },
      { name: 'artifact of 50,000 files, listed', value: rounded(list), unit: 'ms', limit: MAX_LIST_MS },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timed(work: () => unknown): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** No two files are equal, so that each is stored. */
function writeTree(root: string): void {
  for (let folder = 0; folder < FOLDERS; folder += 1) {
    const dir = path.join(root, `part-${folder}`);
    mkdirSync(dir, { recursive: true });
    for (let file = 0; file < FILES_PER_FOLDER; file += 1) {
      writeFileSync(path.join(dir, `page-${file}.html`), randomBytes(FILE_BYTES / 2).toString('hex'));
    }
  }
}
