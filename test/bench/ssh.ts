import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { OpenPlace, PlaceRequest } from '#main/engine/ports.ts';
import { createSshPlaces, type SshPlaces } from '#main/executors/ssh/create-ssh-places.ts';
import { createRunId, stageIdOf } from '#shared/lib/ids.ts';
import { isSshdMissing, startSshd, type TestSshd } from '#test/support/sshd.ts';
import { NO_SERVICES } from '#test/support/no-services.ts';
import { type Figure, median, rounded } from './figure.ts';

const FOLDERS = 100;
const FILES_PER_FOLDER = 40;
const FILE_BYTES = 50_000;
const ROUNDS = 4;
const STEPS = 20;
const NEVER = new AbortController().signal;
const SILENT = { write: () => undefined, close: () => Promise.resolve() };

type Measured = Record<'first' | 'rsync' | 'unchanged' | 'rsyncUnchanged' | 'step' | 'bare', number>;

/**
 * A stage with a workspace of 200 MB in 4,000 files on a host that is this machine: until its first step could begin, for the
 * first time and when nothing has changed, over `rsync -a` by the same `ssh` between the same disks. The two take turns at being first.
 */
export async function benchSsh(): Promise<Figure[]> {
  if (isSshdMissing()) {
    console.error('ssh: skipped, as there is no OpenSSH server.');
    return [];
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'pipewright-bench-'));
  await using sshd = await startSshd();
  try {
    const workspace = path.join(folder, 'workspace');
    writeTree(workspace);
    const times: Record<keyof Measured, number[]> = {
      first: [],
      rsync: [],
      unchanged: [],
      rsyncUnchanged: [],
      step: [],
      bare: [],
    };
    for (let round = 0; round <= ROUNDS; round += 1) {
      // Whoever is second writes while the disk is still busy with the first.
      const [before, after] = round % 2 === 0 ? [baseline, ours] : [ours, baseline];
      const measured = {
        ...(await before(sshd, folder, workspace)),
        ...(await after(sshd, folder, workspace)),
      } as Measured;
      // The first round warms up.
      if (round === 0) continue;
      for (const key of Object.keys(times) as (keyof typeof times)[]) times[key].push(measured[key]);
    }
    return [
      { ...figureOf('ssh.first-sync', times.first, times.rsync), limit: 1.3 },
      { name: 'ssh.unchanged-sync', value: rounded(median(times.unchanged)), unit: 'ms', limit: 1_000 },
      figureOf('ssh.unchanged-sync-over-rsync', times.unchanged, times.rsyncUnchanged),
      figureOf('ssh.step-over-ssh', times.step, times.bare),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function figureOf(name: string, ours: readonly number[], theirs: readonly number[]): Figure {
  const ratio = median(ours.map((value, round) => value / theirs[round]!));
  return {
    name,
    value: rounded(median(ours)),
    unit: 'ms',
    baseline: rounded(median(theirs)),
    ratio: rounded(ratio),
  };
}

function baseline({ configFile, host }: TestSshd, folder: string, workspace: string) {
  const target = path.join(folder, 'copy');
  const rsync = (): number =>
    timedSync('rsync', ['-a', '-e', `ssh -F ${configFile}`, `${workspace}/`, `${host}:${target}/`]);
  const first = rsync();
  const rsyncUnchanged = rsync();
  rmSync(target, { recursive: true });
  const bare = timedSync('ssh', ['-F', configFile, host, 'true']);
  return { rsync: first, rsyncUnchanged, bare };
}

async function ours(sshd: TestSshd, folder: string, workspace: string) {
  const env = { ...process.env, PIPEWRIGHT_SSH_CONFIG: sshd.configFile };
  const places = createSshPlaces({ dataDir: path.join(folder, 'data'), env, services: NO_SERVICES });
  const request = requestOf(sshd, folder, workspace);
  try {
    const first = await timed(async () => (await places.open(request, NEVER)).close());
    const unchanged = await timed(async () => (await places.open(request, NEVER)).close());
    return { first, unchanged, step: await stepTime(places, request) };
  } finally {
    await places.release(request.runId);
    await places.close();
  }
}

async function stepTime(places: SshPlaces, request: PlaceRequest): Promise<number> {
  const place = await places.open(request, NEVER);
  const all = await timed(async () => {
    for (let step = 0; step < STEPS; step += 1) await runStep(place, request);
  });
  await place.close();
  return all / STEPS;
}

async function runStep(place: OpenPlace, { runId, stage, attempt }: PlaceRequest): Promise<void> {
  const outcome = await place.execute(
    {
      ...{ runId, stage, attempt, log: SILENT, onProcess: () => undefined, graceMs: 1_000 },
      command: { script: 'true', shell: null },
      cwd: place.seenWorkspace,
      commandPrefix: place.seenCommandPrefix,
      env: place.baseEnv ?? {},
    },
    NEVER,
  );
  if (outcome.type !== 'succeeded') throw new Error(`The step ended as ${outcome.type}`);
}

const requestOf = ({ host }: TestSshd, folder: string, workspace: string): PlaceRequest => ({
  runId: createRunId(Date.now(), Math.random),
  stage: stageIdOf('stage'),
  attempt: 1,
  place: { type: 'ssh', host },
  services: [],
  resources: null,
  workspace,
  commandPrefix: path.join(folder, 'commands', 'stage@1.'),
  log: SILENT,
  openServiceLog: () => SILENT,
  holdsSecret: () => false,
  onProcess: () => undefined,
  graceMs: 1_000,
});

function timedSync(file: string, args: readonly string[]): number {
  const startedAt = performance.now();
  execFileSync(file, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  return performance.now() - startedAt;
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function writeTree(root: string): void {
  for (let folder = 0; folder < FOLDERS; folder += 1) {
    const dir = path.join(root, `package-${folder}`, 'lib');
    mkdirSync(dir, { recursive: true });
    for (let file = 0; file < FILES_PER_FOLDER; file += 1)
      writeFileSync(path.join(dir, `file-${file}.bin`), randomBytes(FILE_BYTES));
  }
}
