import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/lib/app-error.ts';
import { chunkedGet } from '#shared/lib/chunked.ts';
import type { MetricsReport } from '#shared/reports/metrics.ts';
import { compilePlan } from '#shared/pipeline/compile-plan.ts';
import { parsePipeline } from '#shared/pipeline/parse.ts';
import type { Plan } from '#shared/pipeline/plan.ts';
import { foldRun } from '#shared/run/reduce-run.ts';
import { createMemoryEngine } from '#test/support/memory-engine.ts';
import type { KindContext, KindResult } from './kind-ports.ts';

const FILE = `
stages:
  a:
    steps:
      - { id: work, uses: test.unit }
      - { run: echo }
`;

function planOf(text: string): Plan {
  const { pipeline } = parsePipeline(text, 'pipewright.yml', { kinds: [{ id: 'test.unit' }] });
  return compilePlan(pipeline!, { inputs: {} }).plan!;
}

async function runWith(run: (context: KindContext) => Promise<KindResult>, script = {}) {
  const memory = createMemoryEngine({ script, ports: { kinds: { prepare: () => ({ preview: '', run }) } } });
  const { state, events } = await memory.run(planOf(FILE));
  expect(foldRun(events)).toEqual(state);
  return { stage: chunkedGet(state.stages, 0), events };
}

const METRICS: MetricsReport = { metrics: [{ name: 'size', value: 3, unit: 'bytes', better: 'lower' }] };

describe('a kind as a step', () => {
  it('hands on its outputs, and leaves its reports and its summary', async () => {
    const { stage, events } = await runWith(() => {
      return Promise.resolve({
        outcome: { type: 'succeeded' },
        outputs: { answer: '42' },
        reports: [{ type: 'metrics', report: METRICS }],
        summary: '# Done',
      });
    });
    expect(stage).toMatchObject({
      status: 'succeeded',
      outputs: { answer: '42' },
      reports: [{ type: 'metrics', metrics: METRICS.metrics }],
      summary: '# Done',
    });
    expect(events.map(({ type }) => type)).toContain('report-stored');
  });

  it('fails the stage when it judged and said no, and its reports stay', async () => {
    const { stage } = await runWith(() =>
      Promise.resolve({
        outcome: { type: 'failed', exitCode: null, signal: null, message: '2 findings (2 high)' },
        reports: [{ type: 'metrics', report: METRICS }],
      }),
    );
    expect(stage.status).toBe('failed');
    expect(stage.reports).toHaveLength(1);
  });

  it('is an infra-error with its sentence when it could not judge', async () => {
    const { stage } = await runWith(() =>
      Promise.reject(new AppError('tool-missing', 'eslint was not found.', { hint: 'Install it.' })),
    );
    expect(stage.status).toBe('infra-error');
    expect(stage.attempts[0]?.outcome).toEqual({
      type: 'infra-error',
      error: { code: 'tool-missing', message: 'eslint was not found. Install it.' },
    });
  });

  it('fails for settings that the file has wrong', async () => {
    const { stage } = await runWith(() => Promise.reject(new AppError('usage', 'It does not fit.')));
    expect(stage.status).toBe('failed');
  });

  it('gets what its commands wrote, and a command that fails as a value', async () => {
    const exits: unknown[] = [];
    const failing = { type: 'failed', exitCode: 3, signal: null, message: null } as const;
    await runWith(
      async ({ exec }) => {
        const { stdout, exitCode } = await exec({ argv: ['tool', '--json'], silent: 'stdout' });
        exits.push(stdout, exitCode);
        return { outcome: { type: 'succeeded' } };
      },
      { a: { outcomes: [failing], output: ['{"a":1}'] } },
    );
    expect(exits).toEqual(['{"a":1}\n', 3]);
  });

  it('ends as the attempt does when a command could not be tried', async () => {
    const error = { code: 'spawn-failed', message: 'No such shell' };
    const { stage } = await runWith(
      async ({ exec }) => ({ outcome: (await exec({ script: 'true' })).outcome }),
      { a: { outcomes: [{ type: 'infra-error', error }] } },
    );
    expect(stage.attempts[0]?.outcome).toEqual({ type: 'infra-error', error });
  });
});

describe('what a kind leaves to be done', () => {
  it('is done after the last step, the last one first, also when the stage failed', async () => {
    const order: string[] = [];
    const clean = (name: string) => (): Promise<void> => {
      order.push(name);
      return Promise.resolve();
    };
    const { stage } = await runWith(
      ({ onCleanup }) => {
        onCleanup(clean('first'));
        onCleanup(clean('second'));
        order.push('work');
        return Promise.resolve({ outcome: { type: 'succeeded' } });
      },
      { a: { outcomes: [{ type: 'failed', exitCode: 1, signal: null, message: null }] } },
    );
    expect(stage.status).toBe('failed');
    expect(order).toEqual(['work', 'second', 'first']);
  });

  it('is a warning when it goes wrong, and keeps nothing else from being done', async () => {
    const done: string[] = [];
    const { stage } = await runWith(({ onCleanup }) => {
      onCleanup(() => Promise.resolve(void done.push('other')));
      onCleanup(() => Promise.reject(new Error('The lock is gone')));
      return Promise.resolve({ outcome: { type: 'succeeded' } });
    });
    expect(stage.status).toBe('succeeded');
    expect(stage.issues).toMatchObject([{ code: 'cleanup-failed', message: 'The lock is gone' }]);
    expect(done).toEqual(['other']);
  });
});
