import { describe, expect, it } from 'vitest';
import { chunkedToArray } from '#shared/lib/chunked.ts';
import type { Plan } from '#shared/pipeline/plan.ts';
import { compilePlan } from '#shared/pipeline/compile-plan.ts';
import { parsePipeline } from '#shared/pipeline/parse.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import { foldRun } from '#shared/run/reduce-run.ts';
import type { RunState } from '#shared/run/run-state.ts';
import { createMemoryEngine, settle } from '#test/support/memory-engine.ts';

const FAILED: Outcome = { type: 'failed', exitCode: 1, signal: null, message: null };

function planOf(text: string): Plan {
  const { pipeline, issues } = parsePipeline(text, 'pipewright.yml', { kinds: [] });
  expect(issues).toEqual([]);
  const { plan } = compilePlan(pipeline!, { inputs: {} });
  return plan!;
}

const statuses = (state: RunState): Record<string, string> =>
  Object.fromEntries(chunkedToArray(state.stages).map(({ id, status }) => [id, status]));

const HOOKS = `
hooks:
  success: { run: echo yes }
  failure: { run: echo no }
  always: { run: echo over }
stages:
  a: { run: 'true' }
  b: { needs: a, run: 'true' }
  c: { run: 'true' }
`;

describe('hooks of a run', () => {
  it('follow the last stage: those of success, then those that always run', async () => {
    const { run } = createMemoryEngine();
    const { state, events } = await run(planOf(HOOKS));
    expect(statuses(state)).toEqual({
      ...{ a: 'succeeded', b: 'succeeded', c: 'succeeded' },
      ...{ 'hooks.success': 'succeeded', 'hooks.failure': 'skipped', 'hooks.always': 'succeeded' },
    });
    expect(state.status).toBe('succeeded');
    const started = events.flatMap((event) => (event.type === 'attempt-started' ? [event.stage] : []));
    expect(started.slice(-2)).toEqual(['hooks.success', 'hooks.always']);
    expect(foldRun(events)).toEqual(state);
  });

  it('follow a failure, and know what the run came to and how each stage ended', async () => {
    const { run } = createMemoryEngine({ script: { a: { outcomes: [FAILED] } } });
    const condition = "run.status == 'failed' && needs.a.result == 'failed' && needs.b.result == 'skipped'";
    const text = HOOKS.replace('{ run: echo no }', `{ run: echo no, if: "${condition}" }`);
    const { state, events } = await run(planOf(text));
    expect(statuses(state)).toMatchObject({ 'hooks.success': 'skipped', 'hooks.failure': 'succeeded' });
    expect(events.flatMap((event) => (event.type === 'step-finished' ? [event.stage] : []))).toEqual([
      'hooks.failure',
      'hooks.always',
    ]);
    expect(state.status).toBe('failed');
  });

  it('do not change what the run came to when they fail', async () => {
    const { run } = createMemoryEngine({ script: { 'hooks.success': { outcomes: [FAILED] } } });
    const { state } = await run(planOf(HOOKS));
    expect(statuses(state)).toMatchObject({ 'hooks.success': 'failed', 'hooks.always': 'succeeded' });
    expect(state.status).toBe('succeeded');
  });

  it('do not change it either when they are cancelled', async () => {
    const { start, engine } = createMemoryEngine({ script: { 'hooks.success': { delayMs: 60_000 } } });
    const handle = await start(planOf(HOOKS));
    while (statuses(handle.state())['hooks.success'] !== 'running') await settle();
    engine.cancel(handle.runId, 'user');
    const state = await handle.finished;
    expect(statuses(state)).toMatchObject({ 'hooks.success': 'cancelled', 'hooks.always': 'succeeded' });
    expect(state.status).toBe('succeeded');
  });

  it('follow a cancelled run as far as they always run', async () => {
    const { start, engine } = createMemoryEngine({ script: { a: { delayMs: 60_000 } } });
    const handle = await start(planOf(HOOKS));
    await settle();
    engine.cancel(handle.runId, 'user');
    const state = await handle.finished;
    expect(statuses(state)).toMatchObject({
      ...{ a: 'cancelled', b: 'cancelled' },
      ...{ 'hooks.success': 'skipped', 'hooks.failure': 'skipped', 'hooks.always': 'succeeded' },
    });
    expect(state.status).toBe('cancelled');
  });

  it('follow a run that fails fast', async () => {
    const { run } = createMemoryEngine({ script: { a: { outcomes: [FAILED] }, c: { delayMs: 60_000 } } });
    const { state } = await run(planOf(`fail-fast: true\n${HOOKS}`));
    expect(statuses(state)).toMatchObject({ c: 'cancelled', 'hooks.failure': 'succeeded' });
    expect(state.status).toBe('failed');
  });

  it('wait for the legs of a matrix that the run itself has brought in', async () => {
    const { run } = createMemoryEngine();
    const { state, events } = await run(
      planOf(`
hooks: { always: [{ run: one }, { if: failure(), run: two }] }
stages:
  list: { run: 'true' }
  each:
    needs: list
    matrix: { n: "\${{ fromJSON('[1, 2]') }}" }
    run: 'true'
  grown:
    needs: list
    matrix: { n: "\${{ fromJSON(needs.list.outputs.n || '[1, 2, 3]') }}" }
    run: 'true'
`),
    );
    expect(state.status).toBe('succeeded');
    const finished = events.flatMap((event) => (event.type === 'stage-finished' ? [event.stage] : []));
    expect(finished.at(-1)).toBe('hooks.always');
    const steps = events.flatMap((event) => (event.type === 'step-started' ? [event.step] : []));
    expect(steps).toEqual(['step-1']);
  });
});
