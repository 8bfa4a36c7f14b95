import { expect, it } from 'vitest';
import type { Plan } from '#shared/pipeline/plan.ts';
import { stageIdOf } from '#shared/lib/ids.ts';
import {
  createMemoryEngine,
  type MemoryEngine,
  type MemoryEngineOptions,
} from '#test/support/memory-engine.ts';
import { plan, stage } from '#test/support/plans.ts';
import { createTracing, type Tracing, type TracingOptions } from './create-tracing.ts';
import type { SpanFacts } from './span-facts.ts';

const TARGET = { url: 'http://collector/v1/traces', headers: [] };

interface Traced {
  readonly memory: MemoryEngine;
  readonly tracing: Tracing;
  readonly spans: SpanFacts[];
  readonly opened: string[];
  readonly closed: string[];
}

function setUp(options: Partial<TracingOptions> = {}, engine: MemoryEngineOptions = {}): Traced {
  const memory = createMemoryEngine(engine);
  const spans: SpanFacts[] = [];
  const opened: string[] = [];
  const closed: string[] = [];
  const tracing = createTracing({
    clock: memory.clock,
    target: () => TARGET,
    resolveSecret: () => Promise.resolve(null),
    openSender: ({ url }) => {
      opened.push(url);
      return Promise.resolve({
        send: (sent) => void spans.push(...sent),
        close: () => Promise.resolve(void closed.push(url)),
      });
    },
    cause: null,
    ...options,
  });
  tracing.follow({
    subscribe: (listener) => memory.engine.subscribe(listener),
    stateOf: (runId) => memory.engine.get(runId)?.state(),
  });
  return { memory, tracing, spans, opened, closed };
}

const matrix: Plan = plan([
  stage('unit', {
    kind: 'matrix',
    steps: [],
    needs: ['unit[a]', 'unit[b]'],
    matrix: {
      failFast: false,
      maxParallel: null,
      legs: [stageIdOf('unit[a]'), stageIdOf('unit[b]')],
      template: null,
    },
  }),
  stage('unit[a]', { leg: { values: { x: 'a' }, of: stageIdOf('unit') } }),
  stage('unit[b]', { leg: { values: { x: 'b' }, of: stageIdOf('unit') } }),
]);

it('puts the legs of a matrix into its span, which is as long as they are', async () => {
  const { memory, tracing, spans } = setUp();
  await memory.run(matrix);
  await tracing.close();
  const span = (name: string): SpanFacts => spans.find((each) => each.name === name)!;
  expect(span('unit[a]').parentSpanId).toBe(span('unit').spanId);
  expect(span('unit').parentSpanId).toBe(span('RUN Test').spanId);
  expect(span('RUN Test').parentSpanId).toBeNull();
  expect(span('unit').endMs).toBeGreaterThanOrEqual(span('unit[b]').endMs);
});

it('tells of a cancelled run as cancelled, not as a fault', async () => {
  const { memory, tracing, spans } = setUp();
  const run = await memory.start(plan([stage('only')]));
  memory.engine.cancel(run.runId, 'user');
  await run.finished;
  await tracing.close();
  const root = spans.find(({ parentSpanId }) => parentSpanId === null);
  expect(root).toMatchObject({ error: null, attributes: { 'cicd.pipeline.result': 'cancellation' } });
  expect(root?.moments.map(({ name }) => name)).toEqual(['cancel-requested']);
});

it('opens nothing while it is off, and gives no stage a parent', async () => {
  const { memory, tracing, opened } = setUp({ target: () => null });
  const run = await memory.start(plan([stage('only')]));
  expect(tracing.traceParent(run.runId, stageIdOf('only'), 1)).toBeNull();
  memory.engine.cancel(run.runId, 'user');
  await run.finished;
  await tracing.close();
  expect(opened).toEqual([]);
});

it('sends a run to where traces went when it began, and the next one to where they go then', async () => {
  let url = 'http://one/';
  const { memory, tracing, opened, closed } = setUp({ target: () => ({ url, headers: [] }) });
  await memory.run(plan([stage('only')]));
  url = 'http://two/';
  await memory.run(plan([stage('only')]));
  await tracing.close();
  expect(opened).toEqual(['http://one/', 'http://two/']);
  expect(closed).toEqual(['http://one/', 'http://two/']);
});

it('says why there are no traces: an address that is none, a secret that is not there', async () => {
  const wrong = setUp({
    target: () => {
      throw new TypeError('Invalid URL');
    },
  });
  await wrong.memory.run(plan([stage('only')]));
  expect(wrong.tracing.fault()).toBe('Invalid URL');
  const secret = setUp({ target: () => ({ ...TARGET, headers: [{ name: 'a', secret: 'TOKEN' }] }) });
  await secret.memory.run(plan([stage('only')]));
  await secret.tracing.close();
  expect(secret.tracing.fault()).toBe('there is no global secret TOKEN');
});

it('waits no longer for a collector than it may', async () => {
  const { memory, tracing } = setUp({
    openSender: () => Promise.resolve({ send: () => undefined, close: () => new Promise(() => undefined) }),
  });
  await memory.run(plan([stage('only')]));
  let isClosed = false;
  const closed = tracing.close().then(() => (isClosed = true));
  while (!isClosed) {
    await new Promise((resolve) => setImmediate(resolve));
    memory.clock.next();
  }
  await closed;
  expect(tracing.fault()).toBe('the collector did not answer');
});
