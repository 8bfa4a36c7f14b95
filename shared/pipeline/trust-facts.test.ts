import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parsePipeline } from './parse.ts';
import type { Pipeline } from './pipeline.ts';
import { trustChanges } from './trust-facts-changes.ts';
import { trustStages } from './trust-facts-stages.ts';
import { TRUST_KINDS, trustItems, type TrustItem } from './trust-facts.ts';

function read(text: string, files: Readonly<Record<string, string>> = {}): Pipeline {
  const { pipeline, issues } = parsePipeline(text, 'pipewright.yml', {
    kinds: [{ id: 'test.unit' }],
    readInclude: (path) => (files[path] === undefined ? null : new TextEncoder().encode(files[path])),
  });
  if (pipeline === null) throw new Error(JSON.stringify(issues));
  return pipeline;
}

const texts = (pipeline: Pipeline): string[] =>
  trustItems(pipeline).map(({ kind, text }) => `${kind} ${text}`);

it('has nothing to say of a pipeline that people start and that works on a copy', () => {
  expect(trustItems(read('on: manual\nstages: { a: { run: echo hello, env: { A: b } } }'))).toEqual([]);
});

it('names every trigger, each time of a schedule by itself', () => {
  const on = `
  manual:
  schedule: ["0 3 * * *", { cron: "0 4 * * *", timezone: Europe/Berlin }]
  push: { branches: [main, "v*"], every: 90s }
  watch: [src/**]
  poll: { url: 'https://example.com/a.git', every: 10m, secret: TOKEN }
  pre-push:
  webhook: { secret: HOOK, events: [push] }`;
  expect(texts(read(`on:${on}\nstages: { a: { run: echo } }`))).toEqual([
    'trigger poll: url https://example.com/a.git; every 10m; secret TOKEN',
    'trigger pre-push',
    'trigger push: branches main, v*; every 1m 30s',
    'trigger schedule: 0 3 * * *',
    'trigger schedule: 0 4 * * * (Europe/Berlin)',
    'trigger watch: src/**',
    'trigger webhook: secret HOOK; events push',
  ]);
  expect(texts(read('on: [push, watch, manual]\nstages: { a: { run: echo } }'))).toEqual(['trigger push']);
});

it('names secrets, whom it tells, hooks and places, also those that stages take over', () => {
  const pipeline = read(`
workspace: in-place
notifications: [{ email: { to: a@example.org } }, { webhook: { url: "https://example.org/x" } }, { desktop: true }]
hooks: { failure: { run: echo } }
defaults: { container: { image: "node:24", privileged: true } }
templates: { base: { secrets: [TOKEN] } }
stages:
  a: { extends: base, run: echo, runs-on: docker, environment: production, hooks: { success: echo } }
  b: { extends: base, run: echo, runs-on: { ssh: web-1 }, services: { db: { image: postgres, ports: [5432] }, api: { run: ./api, ports: [80] } } }
`);
  expect(texts(pipeline)).toEqual([
    'workspace in-place',
    'secret TOKEN',
    'secret TOKEN of production',
    'notification e-mail to a@example.org',
    'notification webhook to https://example.org/x',
    'hook a: success',
    'hook the run: failure',
    'runs-on b: ssh web-1',
    'container every stage: privileged',
    'service b, api: a process of this machine',
    'service b, db: port 5432',
  ]);
});

it('looks into the pipelines that are called, however deep, but not at what starts those', () => {
  const files = {
    'inner.yml':
      'on: push\nstages: { x: { pipeline: deep } }\npipelines: { deep: { stages: { y: { run: ship it, secrets: [DEEP] } } } }',
  };
  const pipeline = read('stages: { go: { pipeline: inner.yml } }', files);
  expect(texts(pipeline)).toEqual(['secret DEEP']);
  expect(trustStages(pipeline)).toEqual([
    { id: 'go', commands: [{ label: 'pipeline', text: 'inner.yml' }] },
    { id: 'go/x', commands: [{ label: 'pipeline', text: 'deep' }] },
    { id: 'go/x/y', commands: [{ label: 'run', text: 'ship it' }] },
  ]);
});

it('says what each stage runs, after what it needs, and what follows the run', () => {
  const pipeline = read(`
hooks: { always: [{ run: echo over }] }
stages:
  ship: { needs: [unit], steps: [{ run: "one\\ntwo", shell: bash }, { uses: test.unit, with: { command: npm test, junit: a.xml } }] }
  unit: { container: "node:24", run: npm test, hooks: { failure: echo oops }, services: { db: { image: "pg:1", command: [serve, fast], health: { cmd: pg_isready } } } }
  ask: { needs: [ship], approval: { message: "Sure?" } }
`);
  expect(trustStages(pipeline)).toEqual([
    {
      id: 'unit',
      commands: [
        { label: 'container', text: 'node:24' },
        { label: 'service db', text: 'pg:1\nserve fast\npg_isready' },
        { label: 'run', text: 'npm test' },
        { label: 'on failure', text: 'echo oops' },
      ],
    },
    {
      id: 'ship',
      commands: [
        { label: 'bash', text: 'one\ntwo' },
        { label: 'test.unit', text: 'npm test\njunit: a.xml' },
      ],
    },
    { id: 'ask', commands: [{ label: 'approval', text: 'Sure?' }] },
    { id: 'after the run (always)', commands: [{ label: 'run', text: 'echo over' }] },
  ]);
});

it('orders a long chain that is written backwards', () => {
  const count = 3_000;
  const stages = Array.from({ length: count }, (_, index) => {
    const needs = index === count - 1 ? '' : `needs: [s${index + 1}], `;
    return `  s${index}: { ${needs}run: echo }`;
  });
  const ids = trustStages(read(`stages:\n${stages.join('\n')}\n`)).map(({ id }) => id);
  expect(ids).toEqual(Array.from({ length: count }, (_, index) => `s${count - 1 - index}`));
});

it('does not change with commands, comments and the order of stages', () => {
  const first = read('stages: { a: { run: one, secrets: [X] }, b: { run: two, secrets: [Y] } }');
  const other = read('# new\nstages: { b: { run: three, secrets: [Y] }, c: { run: curl, secrets: [X] } }');
  expect(trustItems(other)).toEqual(trustItems(first));
});

const items = fc.uniqueArray(
  fc.record({ kind: fc.constantFrom(...TRUST_KINDS), text: fc.string({ maxLength: 3 }) }),
  { selector: ({ kind, text }) => `${kind} ${text}`, maxLength: 8 },
);

it('changes lead from what was accepted to what is there', () => {
  fc.assert(
    fc.property(items, items, (accepted, present) => {
      const keyOf = ({ kind, text }: TrustItem): string => `${kind} ${text}`;
      const result = new Set(accepted.map(keyOf));
      for (const { change, item } of trustChanges(accepted, present)) {
        if (change === 'added') result.add(keyOf(item));
        else result.delete(keyOf(item));
      }
      expect([...result].sort()).toEqual(present.map(keyOf).sort());
    }),
  );
});
