import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { defaultKeySource } from '#main/secrets/key-source.ts';
import { createVault } from '#main/secrets/vault.ts';
import { openStore } from '#main/store/open-store.ts';
import { runIdOf, stageIdOf } from '#shared/lib/ids.ts';
import type { RunEvent } from '#shared/run/events.ts';
import { attemptSpanIdOf, runSpanIdOf, stageSpanIdOf, traceIdOf } from '#main/telemetry/trace-ids.ts';
import { type OtlpCollector, type ReceivedSpan, startOtlpCollector } from '#test/support/otlp-collector.ts';
import { createCliFixture, jsonLines } from './cli-fixture.ts';

const PIPELINE = `
name: Shop
workspace: in-place
stages:
  build:
    steps:
      - { id: compile, run: 'echo "$TRACEPARENT" > traceparent' }
      - { id: pack, run: 'true' }
  unit:
    uses: test.unit
    with: { command: 'echo marker-of-a-command; false' }
    retry: { max: 1, delay: 10ms }
  after: { needs: [unit], run: 'true' }
`;

const VARIABLES = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_HEADERS', 'TRACEPARENT'] as const;

beforeEach(() => {
  for (const name of VARIABLES) vi.stubEnv(name, undefined);
});
afterEach(() => void vi.unstubAllEnvs());

const named = ({ spans }: OtlpCollector, name: string): ReceivedSpan => {
  const found = spans.filter((span) => span.name === name);
  expect(found, name).toHaveLength(1);
  return found[0]!;
};

it('tells a collector of a run as a trace: stages, their attempts and steps, how each ended and how long it took', async () => {
  await using collector = await startOtlpCollector();
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', collector.endpoint);
  vi.stubEnv('OTEL_EXPORTER_OTLP_HEADERS', 'x-tenant=shop');
  vi.stubEnv('TRACEPARENT', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01');
  await using fixture = createCliFixture(PIPELINE);
  const { code, stdout } = await fixture.cli('--format', 'ndjson', 'run');
  expect(code).toBe(1);
  const events = jsonLines<RunEvent>(stdout);
  const runId = runIdOf(events[0]!.runId);

  expect(collector.requests.every((request) => request.path === '/v1/traces')).toBe(true);
  expect(collector.requests[0]!.headers['x-tenant']).toBe('shop');
  expect(new Set(collector.spans.map(({ traceId }) => traceId))).toEqual(new Set([traceIdOf(runId)]));
  expect(new Set(collector.spans.map(({ spanId }) => spanId)).size).toBe(collector.spans.length);

  const root = named(collector, 'RUN Shop');
  expect(root).toMatchObject({
    spanId: runSpanIdOf(runId),
    status: { code: 2, message: 'The run failed' },
    attributes: {
      'cicd.pipeline.name': 'Shop',
      'cicd.pipeline.run.id': runId,
      'cicd.pipeline.result': 'failure',
      'error.type': 'failed',
      'pipewright.run.trigger': 'cli',
    },
    resource: { 'service.name': 'pipewright' },
    links: [{ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' }],
  });
  expect(root.parentSpanId ?? '').toBe('');
  expect(root.durationMs).toBe(Date.parse(events.at(-1)!.at) - Date.parse(events[0]!.at));

  const build = named(collector, 'build');
  expect(build).toMatchObject({
    parentSpanId: root.spanId,
    spanId: stageSpanIdOf(runId, stageIdOf('build')),
  });
  expect(build.attributes).toMatchObject({
    'cicd.pipeline.task.name': 'build',
    'cicd.pipeline.task.run.result': 'success',
  });
  const compile = named(collector, 'compile');
  const attempt = collector.spans.find(({ spanId }) => spanId === compile.parentSpanId)!;
  expect(attempt).toMatchObject({ name: 'attempt 1', parentSpanId: build.spanId });
  expect(named(collector, 'pack').parentSpanId).toBe(attempt.spanId);
  expect(readFileSync(path.join(fixture.projectDir, 'traceparent'), 'utf8').trim()).toBe(
    `00-${traceIdOf(runId)}-${attempt.spanId}-01`,
  );

  const unit = named(collector, 'unit');
  expect(unit).toMatchObject({ parentSpanId: root.spanId, status: { code: 2, message: 'exit code 1' } });
  expect(unit.attributes).toMatchObject({
    'cicd.pipeline.task.type': 'test',
    'cicd.pipeline.task.run.result': 'failure',
    'pipewright.stage.kind': 'test.unit',
    'error.type': 'failed',
  });
  const tries = collector.spans.filter(({ parentSpanId }) => parentSpanId === unit.spanId);
  expect(tries.map(({ name }) => name)).toEqual(['attempt 1', 'attempt 2']);
  expect(tries.map(({ attributes }) => attributes['process.exit.code'])).toEqual([1, 1]);
  for (const span of collector.spans) {
    const parent = collector.spans.find(({ spanId }) => spanId === span.parentSpanId);
    if (parent === undefined) continue;
    expect(BigInt(span.startTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(parent.startTimeUnixNano));
    expect(BigInt(span.endTimeUnixNano)).toBeLessThanOrEqual(BigInt(parent.endTimeUnixNano));
  }

  expect(named(collector, 'after')).toMatchObject({
    durationMs: 0,
    attributes: { 'cicd.pipeline.task.run.result': 'skip', 'pipewright.stage.skip_reason': 'upstream' },
  });
  expect(collector.requests.map(({ body }) => body).join('')).not.toContain('marker-of-a-command');
});

it('goes on in the same trace with a run that is resumed after its host was killed', async () => {
  await using collector = await startOtlpCollector();
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', collector.endpoint);
  await using fixture = createCliFixture(`
name: Long
workspace: in-place
stages:
  first: { run: 'true' }
  long: { needs: [first], run: 'echo x >> long; if [ "$(wc -l < long)" -eq 1 ]; then sleep 600; fi' }
`);
  const run = fixture.start('--format', 'ndjson', 'run');
  await run.until((stdout) => stdout.includes('"attempt-started","stage":"long"'));
  await collector.received('first');
  run.process.kill('SIGKILL');
  await run.result;
  expect((await fixture.cli('runs', 'resume', 'latest')).code).toBe(0);

  const long = named(collector, 'long');
  const root = named(collector, 'RUN Long');
  expect(named(collector, 'first').traceId).toBe(root.traceId);
  expect(root).toMatchObject({ status: { code: 0 }, events: [{ name: 'run-resumed' }] });
  const tries = collector.spans.filter(({ parentSpanId }) => parentSpanId === long.spanId);
  expect(tries.map(({ attributes }) => attributes['cicd.pipeline.task.run.result'])).toEqual([
    'error',
    'success',
  ]);
  expect(tries[0]).toMatchObject({ status: { code: 2, message: 'host-died' } });
  const runId = runIdOf(String(root.attributes['cicd.pipeline.run.id']));
  expect(tries[1]!.spanId).toBe(attemptSpanIdOf(runId, stageIdOf('long'), 2));
});

it.each([
  ['says nothing', null],
  ['refuses', 403],
] as const)('runs as ever when the collector %s, and says so', async (_words, answer) => {
  await using collector = await startOtlpCollector(answer);
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', collector.endpoint);
  await using fixture = createCliFixture('workspace: in-place\nstages: { only: { run: "true" } }\n');
  const { code, stderr } = await fixture.cli('run');
  expect(code).toBe(0);
  expect(stderr).toContain('Traces were not delivered');
  expect(collector.requests.length).toBeGreaterThan(0);
});

it('follows the setting, with headers out of the vault, and leaves TRACEPARENT alone while it is off', async () => {
  await using collector = await startOtlpCollector();
  await using fixture = createCliFixture(
    'name: Set\nworkspace: in-place\nstages: { only: { run: \'echo "[$TRACEPARENT]" > seen\' } }\n',
  );
  const seen = (): string => readFileSync(path.join(fixture.projectDir, 'seen'), 'utf8');
  expect((await fixture.cli('run')).code).toBe(0);
  expect(seen()).toBe('[]\n');
  expect(collector.requests).toEqual([]);

  const store = openStore(fixture.dataDir);
  const traces = {
    enabled: true,
    endpoint: collector.endpoint,
    headers: [{ name: 'authorization', secret: 'COLLECTOR_TOKEN' }],
  };
  store.settings.set('telemetry', { traces });
  store.close();
  const missing = await fixture.cli('run');
  expect(missing).toMatchObject({ code: 0, stderr: expect.stringContaining('COLLECTOR_TOKEN') as string });
  const key = defaultKeySource(fixture.dataDir, {});
  const vault = createVault({ dataDir: fixture.dataDir, key, now: () => Date.now() });
  await vault.set('COLLECTOR_TOKEN', { type: 'global' }, 'Bearer of-a-test');
  expect(await fixture.cli('run')).toMatchObject({ code: 0, stderr: '' });
  expect(collector.requests[0]!.headers.authorization).toBe('Bearer of-a-test');
  expect(seen()).toMatch(/^\[00-[0-9a-f]{32}-[0-9a-f]{16}-01\]\n$/);
});
