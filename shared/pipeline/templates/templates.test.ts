import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { formatIssue } from '../../lib/issue.ts';
import { compilePlan } from '../compile-plan.ts';
import { explain } from '../explain/explain.ts';
import { parsePipeline } from '../parse.ts';
import { offerTemplates, TEMPLATES } from './all-templates.ts';
import type { ProjectFacts } from './project-facts.ts';
import { emptyFolder, FACT_SETS, nodeFacts, pythonFacts } from './templates-fixture.ts';

const kinds = [{ id: 'test.unit' }];
const withStages = TEMPLATES.filter(({ id }) => id !== 'empty');
const read = (text: string) => parsePipeline(text, 'pipewright.yml', { kinds });
const write = (id: string, facts: Partial<ProjectFacts> = {}): string =>
  TEMPLATES.find((template) => template.id === id)!.write({ ...emptyFolder, ...facts });
const offered = (facts: Partial<ProjectFacts>) => offerTemplates({ ...emptyFolder, ...facts });

describe.each(withStages.map((template) => [template.id, template] as const))('%s', (_, template) => {
  it.each(Object.keys(FACT_SETS))(
    'is a file without an issue, and without an explanation of what could be better, for %s',
    (name) => {
      const facts = { ...emptyFolder, ...FACT_SETS[name] };
      const parsed = read(template.write(facts));
      const { pipeline, issues } = parsed;
      expect(issues.map(formatIssue)).toEqual([]);
      expect(explain(parsed).map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
      const inputs = Object.fromEntries(
        pipeline!.inputs.filter(({ required }) => required).map(({ id }) => [id, '1.0.0']),
      );
      const planned = compilePlan(pipeline!, { inputs });
      expect(planned.issues.map(formatIssue)).toEqual([]);
      expect(planned.plan).not.toBeNull();
    },
  );

  it('limits the time of each stage, and says why it is as it is', () => {
    const text = template.write(emptyFolder);
    const waits = read(text).pipeline!.stages.filter(({ timeoutMs, body }) => {
      return timeoutMs === null && body.type !== 'approval';
    });
    expect(waits.map(({ id }) => id)).toEqual([]);
    expect(text).toMatch(/^# \S/);
    expect(text).not.toMatch(/[ \t]$|\n{3}|: (undefined|null)\b/m);
  });
});

it('keeps the name of any folder', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
      for (const template of withStages) {
        const file = parse(template.write({ ...emptyFolder, name })) as { name: unknown };
        expect(String(file.name).startsWith(name)).toBe(true);
      }
    }),
    { numRuns: 100 },
  );
});

it('has an empty file, to which stages can be added', () => {
  expect(write('empty')).toBe('name: Shop\n\nstages: {}\n');
});

it('keeps what package managers download by the lock file', () => {
  expect(write('node', { node: nodeFacts({ manager: 'pnpm', lockFile: 'pnpm-lock.yaml' }) })).toContain(
    [
      '  install:',
      '    run: pnpm install --frozen-lockfile --store-dir .pnpm-store',
      '    timeout: 10m',
      '    cache:',
      "      key: pnpm-${{ hashFiles('pnpm-lock.yaml') }}",
      '      restore-keys: [pnpm-]',
      '      paths: .pnpm-store',
    ].join('\n'),
  );
});

it('asks a test runner for results only where the script takes it', () => {
  const plain = write('node', { node: nodeFacts({ testRunner: null }) });
  expect(plain).toContain('command: npm test\n');
  expect(plain).not.toContain('junit:');
  const vitest = write('node', { node: nodeFacts() });
  expect(vitest).toContain('command: npm test -- --reporter=default');
  expect(vitest).toContain('junit: reports/unit.xml');
});

it('installs nothing where there is nothing to install', () => {
  const text = write('node', { node: nodeFacts({ lockFile: null, hasDependencies: false }) });
  expect(Object.keys((parse(text) as { stages: object }).stages)).not.toContain('install');
});

it('releases what the project is, with a way back', () => {
  const { pipeline } = read(write('release-canary', { python: pythonFacts({ isPackage: true }) }));
  const needs = new Map(pipeline!.stages.map((stage) => [stage.id, stage.needs]));
  expect([...needs.keys()]).toEqual([
    'install',
    'lint',
    'types',
    'unit',
    'package',
    'canary',
    'watch',
    'agree',
    'roll-out',
    'roll-back',
  ]);
  expect(needs.get('canary')).toEqual(['lint', 'types', 'package']);
});

describe('offered templates', () => {
  it('begin with what fits, the most particular first, and say why', () => {
    const offers = offered({ node: nodeFacts({ workspaces: ['packages/*'] }), containerFile: 'Dockerfile' });
    expect(offers.slice(0, 3).map(({ template, reason }) => [template.id, reason])).toEqual([
      ['monorepo', 'workspaces in packages/*'],
      ['node', 'package.json with a test script, package-lock.json'],
      ['container-image', 'Dockerfile'],
    ]);
    expect(offers).toHaveLength(TEMPLATES.length);
    expect(offers.at(-1)!.template.id).toBe('empty');
  });

  it('have no reason in an empty folder', () => {
    expect(offered({}).every(({ reason }) => reason === null)).toBe(true);
  });
});
