import { stripVTControlCharacters } from 'node:util';
import picocolors from 'picocolors';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runIdOf } from '#shared/lib/ids.ts';
import type { RunEvent, RunEventBody } from '#shared/run/events.ts';
import { reduceRun } from '#shared/run/reduce-run.ts';
import type { RunState } from '#shared/run/run-state.ts';
import { plan, stage } from '#test/support/plans.ts';
import { createLiveReporter } from './live-reporter.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const NAMES = Array.from({ length: 30 }, (_, index) => `stage-${index}`);

function setUp(rows: number) {
  const frames: string[] = [];
  let state: RunState | null = null;
  const reporter = createLiveReporter(
    {
      write: (text) => frames.push(text),
      columns: () => 40,
      rows: () => rows,
      colors: picocolors.createColors(false),
    },
    { data: '' },
    () => Date.parse('2026-01-01T00:00:05.000Z'),
  );
  const tell = (...bodies: RunEventBody[]): void => {
    for (const body of bodies) {
      const seq: number = (state?.seq ?? 0) + 1;
      const event: RunEvent = { ...body, runId: runIdOf('run'), seq, at: '2026-01-01T00:00:00.000Z' };
      state = reduceRun(state, event);
      reporter.onEvent(event, state);
    }
  };
  tell(
    {
      type: 'run-created',
      name: 'Many\u001b[2J stages',
      number: 3,
      projectDir: '/p',
      pipelineFile: 'pipewright.yml',
      plan: plan(NAMES.map((name) => stage(name))),
      trigger: { type: 'cli' },
      git: null,
      maxParallel: 30,
    },
    { type: 'run-started' },
  );
  return { frames, tell, reporter };
}

const linesOf = (frame = ''): string[] =>
  stripVTControlCharacters(frame).replace('\r', '').split('\n').slice(0, -1);

it('shows running stages with their durations, no more than the terminal has room for', () => {
  const { frames, tell, reporter } = setUp(8);
  tell(...NAMES.map((name) => ({ type: 'attempt-started', stage: stage(name).id, attempt: 1 }) as const));
  vi.advanceTimersByTime(100);
  vi.advanceTimersByTime(100);
  const lines = linesOf(frames.at(-1));
  expect(lines).toHaveLength(6);
  expect(lines[0]).toMatch(/^\S stage-0 +5\.0s$/);
  expect(lines.slice(-2)).toEqual(['  and 26 more', '0/30 stages, 5.0s']);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
  reporter.close();
});

it('shows how far a stage is, as long as it runs', () => {
  const { frames, tell, reporter } = setUp(24);
  const { id } = stage('stage-0');
  const progress = { total: 10, label: 'a\u001b[2Jb' };
  tell({ type: 'attempt-started', stage: id, attempt: 1 });
  vi.advanceTimersByTime(100);
  tell({ type: 'stage-progress', stage: id, attempt: 1, done: 3, ...progress });
  vi.advanceTimersByTime(100);
  expect(linesOf(frames.at(-1))[0]).toMatch(/^\S stage-0 +5\.0s {2}3 of 10: a/);
  tell({ type: 'stage-progress', stage: id, attempt: 1, done: 4, ...progress });
  vi.advanceTimersByTime(100);
  expect(linesOf(frames.at(-1))).toEqual([expect.stringContaining('4 of 10'), '0/30 stages, 5.0s']);
  expect(frames.join('')).not.toContain('[2J');
  reporter.close();
});

it('leaves finished stages above and nothing below when it closes', () => {
  const { frames, tell, reporter } = setUp(24);
  const { id } = stage('stage-0');
  tell({ type: 'attempt-started', stage: id, attempt: 1 });
  vi.advanceTimersByTime(100);
  const outcome = { type: 'failed', exitCode: 2, signal: null, message: null } as const;
  tell(
    { type: 'attempt-finished', stage: id, attempt: 1, outcome },
    { type: 'stage-finished', stage: id, status: 'failed', outputs: {}, reason: null },
  );
  reporter.close();
  reporter.close();
  expect(linesOf(frames.at(-2))).toEqual([expect.stringMatching(/^✗ stage-0 .*exit code 2$/)]);
  expect(frames.at(-1)).toBe('\u001b[?25h');
  expect(vi.getTimerCount()).toBe(0);
});

it('lets no escape sequence of a name through', () => {
  const { frames, reporter } = setUp(24);
  vi.advanceTimersByTime(100);
  expect(frames.join('')).not.toContain('[2J');
  reporter.close();
});
