import { readRun } from '#main/host/runs/read-run.ts';
import type { LogReader } from '#main/logs/log-reader.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { chunkedGet } from '#shared/lib/chunked.ts';
import type { StageId } from '#shared/lib/ids.ts';
import { serviceLogOf } from '#shared/run/service-log.ts';
import type { RunState } from '#shared/run/run-state.ts';
import type { CliContext } from '../context.ts';
import { didYouMean } from '../did-you-mean.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { findRun } from '../find-run.ts';
import type { Output } from '../output.ts';
import { withHost } from '../with-host.ts';

export interface LogsOptions {
  readonly attempt?: number;
  /** One of the stage's, instead of the stage itself. */
  readonly service?: string;
  readonly follow?: boolean;
  readonly grep?: string;
  readonly fromLine?: number;
}

const CHUNK_BYTES = 1024 * 1024;
const PAGE_LINES = 5_000;

/** Writes the bytes as they came; with `--grep` or `--from-line` whole lines. */
export function logsCommand(
  context: CliContext,
  word: string,
  stageWord: string,
  options: LogsOptions,
): Promise<ExitCode> {
  return withHost(context, async (host) => {
    const { output } = context;
    const run = findRun(host.store, context, word);
    const state = readRun(host.store.events, run.id);
    const { stage, attempt } = findAttempt(state, stageWord, options.attempt);
    const pattern = options.grep === undefined ? null : compile(options.grep);
    const reader = host.readLog(run.id, findLog(state, stage, options.service), attempt);
    const write = createWriter(reader, output, pattern, options.fromLine ?? null);
    if (options.follow) {
      for await (const info of reader.follow({ signal: output.readerGone })) await write(info.complete);
    } else {
      await write(true);
    }
    return EXIT.succeeded;
  });
}

function findAttempt(
  state: RunState,
  word: string,
  wanted: number | undefined,
): { stage: StageId; attempt: number } {
  const index = state.graph.indexOf.get(word);
  if (index === undefined) {
    throw new AppError('stage-not-found', `Run #${state.number} has no stage ${word}.`, {
      hint: didYouMean(
        word,
        state.graph.indexOf.keys(),
        `Its stages are ${[...state.graph.indexOf.keys()].slice(0, 20).join(', ')}.`,
      ),
    });
  }
  const stage = chunkedGet(state.stages, index);
  const attempt = wanted ?? Math.max(1, stage.attempts.length);
  if (wanted !== undefined && wanted > stage.attempts.length) {
    throw new AppError('log-not-found', `Stage ${stage.id} has no attempt ${wanted}.`, {
      hint: stage.attempts.length === 0 ? 'It did not run.' : `Its last one is ${stage.attempts.length}.`,
    });
  }
  return { stage: stage.id, attempt };
}

/** The log of the stage, or that of one of its services. */
function findLog(state: RunState, stage: StageId, service: string | undefined): StageId {
  if (service === undefined) return stage;
  const { services = [] } = state.plan.stages[state.graph.indexOf.get(stage)!]!;
  const ids = services.map(({ id }) => id);
  if (ids.includes(service)) return serviceLogOf(stage, service);
  throw new AppError('log-not-found', `Stage ${stage} has no service ${service}.`, {
    hint: ids.length === 0 ? 'It has none.' : didYouMean(service, ids, `It has ${ids.join(', ')}.`),
  });
}

function compile(source: string): RegExp {
  try {
    return new RegExp(source, 'u');
  } catch (error) {
    throw new AppError('pattern-invalid', `${source} is no regular expression.`, {
      hint: error instanceof Error ? `${error.message}.` : '',
      cause: error,
    });
  }
}

/** Writes what is new since the last call. @returns takes whether a last line without its end is final */
function createWriter(
  reader: LogReader,
  output: Output,
  pattern: RegExp | null,
  fromLine: number | null,
): (isComplete: boolean) => Promise<void> {
  if (pattern === null && fromLine === null) {
    let fromByte = 0;
    return async () => {
      while (!output.readerGone.aborted) {
        const bytes = await reader.range({ fromByte, maxBytes: CHUNK_BYTES });
        if (bytes.length === 0) return;
        await output.bytes(bytes);
        fromByte += bytes.length;
      }
    };
  }
  let next = fromLine ?? 1;
  return async (isComplete) => {
    while (!output.readerGone.aborted) {
      const lines = await reader.page({ fromLine: next, count: PAGE_LINES });
      // While the log grows, the last line may not be whole yet.
      const whole = isComplete || lines.length === PAGE_LINES ? lines : lines.slice(0, -1);
      const shown = pattern === null ? whole : whole.filter(({ text }) => pattern.test(text));
      if (shown.length > 0) await output.bytes(Buffer.from(shown.map(({ text }) => `${text}\n`).join('')));
      next += whole.length;
      if (lines.length < PAGE_LINES) return;
    }
  };
}
