import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LogSink } from '#main/engine/ports.ts';
import { createProcessExecutor } from '#main/executors/process/process-executor.ts';
import { createWatchdog } from '#main/executors/process/watchdog.ts';
import { createLogSinks } from '#main/host/log-sinks.ts';
import { createLogStore } from '#main/logs/log-store.ts';
import { compileSecrets, type SecretPatterns } from '#main/secrets/masker.ts';
import { maskLog } from '#main/secrets/masking-log.ts';
import { runIdOf, stageIdOf } from '#shared/lib/ids.ts';
import { execution, removeExecution } from '#test/support/execution.ts';
import { type Figure, median, rounded } from './figure.ts';

const SECRETS = 50;
const BYTES = 60_000_000;
const ROUNDS = 7;
/** What one read of a pipe brings. */
const CHUNK_BYTES = 64 * 1024;
/** 60 % of the throughput, as times. */
const LIMIT = 1 / 0.6;

/**
 * Times of logs that are masked for 50 secrets over those of the same logs unmasked: of a process' output on its way
 * through pipe and executor into the log's files, and of bytes that are in memory already. Rounds alternate.
 */
export async function benchMasking(): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pipewright-bench-'));
  const watchdog = createWatchdog();
  try {
    const sinks = createLogSinks(createLogStore({ dataDir: folder, clock: { now: Date.now } }));
    const executor = createProcessExecutor({ watchdog });
    const startedAt = performance.now();
    const patterns = compileSecrets(secrets());
    const compileMs = performance.now() - startedAt;
    let count = 0;
    const open = (masking: SecretPatterns | null): LogSink => {
      count += 1;
      const log = sinks.open(runIdOf('bench'), stageIdOf(`stage-${count}`), 1);
      return masking === null ? log : maskLog(log, masking);
    };

    async function fromProcess(bytes: Buffer, log: LogSink): Promise<void> {
      const file = path.join(folder, 'output');
      await writeFile(file, bytes);
      const made = execution(`cat '${file}'`, { log });
      startTimer();
      try {
        await executor.execute(made.request, new AbortController().signal);
        await log.close();
      } finally {
        removeExecution(made);
      }
    }

    async function fromMemory(bytes: Buffer, log: LogSink): Promise<void> {
      startTimer();
      for (let at = 0; at < bytes.length; at += CHUNK_BYTES)
        await log.write('stdout', bytes.subarray(at, at + CHUNK_BYTES));
      await log.close();
    }

    let timerStartedAt = 0;
    const startTimer = (): void => {
      timerStartedAt = performance.now();
    };
    const figures: Figure[] = [
      { name: 'masking.compile-50-secrets', value: rounded(compileMs), unit: 'ms', limit: 250 },
    ];
    for (const [name, bytes] of Object.entries(outputs())) {
      for (const [way, write, limit] of [
        ['process', fromProcess, { limit: LIMIT }],
        ['memory', fromMemory, {}],
      ] as const) {
        const timed = async (masking: SecretPatterns | null): Promise<number> => {
          await write(bytes, open(masking));
          const ms = performance.now() - timerStartedAt;
          await rm(path.join(folder, 'runs'), { recursive: true });
          return ms;
        };
        await timed(null);
        await timed(patterns);
        const rounds: { plain: number; masked: number }[] = [];
        for (let round = 0; round < ROUNDS; round += 1)
          rounds.push({ plain: await timed(null), masked: await timed(patterns) });
        const perSecond = (ms: number): number => rounded(bytes.length / 1e3 / ms);
        figures.push({
          name: `masking.${name}-from-${way}`,
          value: perSecond(median(rounds.map(({ masked }) => masked))),
          unit: 'MB/s',
          baseline: perSecond(median(rounds.map(({ plain }) => plain))),
          ratio: rounded(median(rounds.map(({ masked, plain }) => masked / plain))),
          ...limit,
        });
      }
    }
    return figures;
  } finally {
    watchdog.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Tokens and passwords of 8 to 64 characters, and five keys of 20 lines. */
function secrets(): string[] {
  return Array.from({ length: SECRETS }, (_, index) =>
    index % 10 === 0
      ? randomBytes(960).toString('base64').replace(/.{64}/g, '$&\n')
      : randomBytes(6 + (index % 43)).toString('base64url'),
  );
}

/** What `seq` prints, lines of a build, and the same with a secret's look-alikes (hashes) in every line. */
function outputs(): Readonly<Record<string, Buffer>> {
  const lines = (lineOf: (line: number) => string): Buffer => {
    const bytes = Buffer.alloc(BYTES);
    for (let line = 1, at = 0; at < BYTES; line += 1) at += bytes.write(`${lineOf(line)}\n`, at);
    return bytes;
  };
  const hashes = Array.from({ length: 997 }, () => randomBytes(32).toString('base64'));
  return {
    numbers: lines(String),
    build: lines((line) => `${line} `.padEnd(99, 'compile src/module.ts ')),
    hashes: lines((line) => `${line} fetched package@1.2.3 sha256-${hashes[line % hashes.length]} in 12ms`),
  };
}
