import { spawn, spawnSync } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Figure, median, rounded } from './figure.ts';

const cli = path.resolve(import.meta.dirname, '../../out/main/cli.cjs');
const LINES = 2_000_000;

/** Whole processes of the built command line, as a user or a script would start them. */
export async function benchCommandLine(): Promise<Figure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pipewright-bench-'));
  try {
    writeFileSync(path.join(folder, 'large.yml'), largePipeline(2_000));
    return [
      timeOf('cli.version', 150, folder, ['--version']),
      timeOf('cli.validate-2000-stages', 1_000, folder, ['validate', 'large.yml']),
      ...(await benchFlood(folder)),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The median of five starts after one that warms the compile cache. */
function timeOf(name: string, limit: number, cwd: string, args: readonly string[]): Figure {
  const times: number[] = [];
  for (let round = 0; round < 6; round += 1) {
    const startedAt = performance.now();
    const { status, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd, encoding: 'utf8' });
    if (status !== 0) throw new Error(`pipewright ${args.join(' ')} ended with ${status}: ${stderr}`);
    if (round > 0) times.push(performance.now() - startedAt);
  }
  return { name, value: rounded(median(times)), unit: 'ms', limit };
}

/** 2,000,000 lines through a stage, over the same lines through a plain pipe of Node into a file. */
async function benchFlood(folder: string): Promise<Figure[]> {
  writeFileSync(
    path.join(folder, 'flood.yml'),
    `name: Flood\nworkspace: in-place\nstages:\n  flood: { run: seq ${LINES} }\n`,
  );
  const file = path.join(folder, 'plain.log');
  await floodPlain(file);
  const plain = await floodPlain(file);
  const data = path.join(folder, 'data');
  mkdirSync(data);
  const startedAt = performance.now();
  const child = spawn(process.execPath, [cli, '--data', data, '--format', 'json', 'run', 'flood.yml'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const watch = watchMemory(child.pid ?? 0);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  const wholeMs = performance.now() - startedAt;
  const peakBytes = watch();
  if (code !== 0) throw new Error(`The flood ended with ${code}`);
  const shown = JSON.parse(Buffer.concat(chunks).toString()) as { stages: { attempts: Attempt[] }[] };
  const attempt = shown.stages[0]!.attempts[0]!;
  const stageMs = Date.parse(attempt.finishedAt) - Date.parse(attempt.startedAt);
  const megabytes = readFileSync(file).length / 1e6;
  return [
    {
      name: 'logs.flood-of-2000000-lines',
      value: rounded(megabytes / (stageMs / 1e3)),
      unit: 'MB/s',
      baseline: rounded(megabytes / (plain / 1e3)),
      ratio: rounded(stageMs / plain),
      limit: 4,
    },
    { name: 'logs.flood-whole-process', value: rounded(wholeMs), unit: 'ms' },
    { name: 'logs.flood-peak-memory', value: rounded(peakBytes / 1e6), unit: 'MB', limit: 250 },
  ];
}

interface Attempt {
  readonly startedAt: string;
  readonly finishedAt: string;
}

async function floodPlain(file: string): Promise<number> {
  const startedAt = performance.now();
  const child = spawn('/bin/sh', ['-c', `seq ${LINES}`], { stdio: ['ignore', 'pipe', 'inherit'] });
  await pipeline(child.stdout, createWriteStream(file));
  return performance.now() - startedAt;
}

/** Samples a process's resident memory; the returned function stops and answers with the peak, in bytes. Linux only. */
function watchMemory(pid: number): () => number {
  let peak = 0;
  const timer = setInterval(() => {
    try {
      const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      peak = Math.max(peak, Number(kilobytes) * 1_024);
    } catch {
      // The process has ended; the last sample stands.
      clearInterval(timer);
    }
  }, 20);
  return () => {
    clearInterval(timer);
    return peak;
  };
}

function largePipeline(count: number): string {
  const stages = Array.from({ length: count }, (_, index) =>
    [
      `  stage-${index}:`,
      `    needs: [${index === 0 ? '' : `stage-${Math.floor((index - 1) / 2)}`}]`,
      `    run: echo "stage ${index}"`,
      '    timeout: 10m',
      '    env: { LEVEL: info }',
    ].join('\n'),
  );
  return `name: Large\nstages:\n${stages.join('\n')}\n`;
}
