import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Figure } from './figure.ts';

const cli = path.resolve(import.meta.dirname, '../../out/main/cli.cjs');
const KILLS = Number(process.env.PIPEWRIGHT_BENCH_KILLS ?? 200);
const STAGES = 40;
/** Time for the watchdog to end what the killed host was running. */
const ORPHAN_GRACE_MS = 2_000;

interface Shown {
  readonly id: string;
  readonly status: string;
  readonly stages: readonly { readonly id: string; readonly status: string }[];
}

/**
 * Kills a host with SIGKILL at random moments of a run of 40 stages and resumes it, until it has been killed 200 times:
 * no result that was told may be lost, no process may be left, and every run must come to its end.
 */
export async function benchCrash(): Promise<Figure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pipewright-bench-'));
  const project = path.join(folder, 'project');
  mkdirSync(project);
  writeFileSync(path.join(project, 'pipewright.yml'), pipelineOf(STAGES));
  const totals = { kills: 0, lost: 0, orphans: 0, runs: 0, stuck: 0 };
  const base = ['--data', path.join(folder, 'data'), '--project', project, '--format', 'ndjson'];
  const show = (): Shown => {
    const args = [...base.slice(0, 4), '--format', 'json', 'runs', 'show', 'latest'];
    return JSON.parse(spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' }).stdout) as Shown;
  };
  try {
    while (totals.kills < KILLS) {
      const told = new Set<string>();
      let command = ['run'];
      let resumes = 0;
      for (;;) {
        const wasKilled = await runAndKill([...base, ...command], told, 60 + Math.random() * 600);
        if (wasKilled) totals.kills += 1;
        const shown = show();
        totals.orphans += await orphansOf(shown.id);
        const kept = new Set(shown.stages.filter(({ status }) => status === 'succeeded').map(({ id }) => id));
        totals.lost += [...told].filter((id) => !kept.has(id)).length;
        if (!wasKilled || shown.status !== 'interrupted') {
          if (shown.status !== 'succeeded') totals.stuck += 1;
          break;
        }
        resumes += 1;
        if (resumes > STAGES * 4) {
          totals.stuck += 1;
          break;
        }
        command = ['runs', 'resume', shown.id];
      }
      totals.runs += 1;
    }
    return [
      { name: 'crash.kills', value: totals.kills, unit: 'kills' },
      { name: 'crash.runs', value: totals.runs, unit: 'runs' },
      { name: 'crash.lost-results', value: totals.lost, unit: 'stages', limit: 0 },
      { name: 'crash.orphans', value: totals.orphans, unit: 'processes', limit: 0 },
      { name: 'crash.runs-that-did-not-end-well', value: totals.stuck, unit: 'runs', limit: 0 },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs until `afterMs`, then SIGKILL; adds the stages that it told as succeeded. False when it ended before. */
async function runAndKill(args: readonly string[], told: Set<string>, afterMs: number): Promise<boolean> {
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  for await (const line of createInterface(child.stdout)) {
    const stage = finishedStage(line);
    if (stage !== null) told.add(stage);
  }
  const [, signal] = await ended;
  clearTimeout(timer);
  return signal === 'SIGKILL';
}

/** The last line of a killed process may be half a line. */
function finishedStage(line: string): string | null {
  if (!line.endsWith('}')) return null;
  const event = JSON.parse(line) as { type: string; stage?: string; status?: string };
  return event.type === 'stage-finished' && event.status === 'succeeded' ? (event.stage ?? null) : null;
}

/** Processes of the run that are still there after the grace; Linux only. */
async function orphansOf(runId: string): Promise<number> {
  const deadline = performance.now() + ORPHAN_GRACE_MS;
  for (;;) {
    const count = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && belongsTo(pid, runId)).length;
    if (count === 0 || performance.now() > deadline) return count;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function belongsTo(pid: string, runId: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`PIPEWRIGHT_RUN_ID=${runId}\0`);
  } catch {
    // It has ended, or is not ours to look at.
    return false;
  }
}

function pipelineOf(count: number): string {
  const stages = Array.from({ length: count }, (_, index) => {
    const needs = index >= 4 ? `needs: s${index - 4}, ` : '';
    return `  s${index}: { ${needs}run: 'sleep 0.05; echo "done=${index}" >> "$PIPEWRIGHT_OUTPUT"; sleep 0.05' }`;
  });
  return `name: Crash\nworkspace: in-place\nstages:\n${stages.join('\n')}\n`;
}
