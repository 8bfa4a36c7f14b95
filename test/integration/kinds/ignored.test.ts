import { afterEach, beforeEach, expect, it } from 'vitest';
import { ignoreFinding } from '#main/host/reports/ignore-finding.ts';
import { createKindFixture, type KindFixture } from './kind-fixture.ts';

let fixture: KindFixture;
beforeEach(async () => {
  fixture = await createKindFixture();
});
afterEach(() => fixture[Symbol.asyncDispose]());

const SARIF = JSON.stringify({
  version: '2.1.0',
  runs: [
    {
      tool: { driver: { name: 'check' } },
      results: [{ ruleId: 'a', level: 'error', message: { text: 'Bad' } }],
    },
  ],
});

it('a finding that is ignored closes no gate, and stays in the report', async () => {
  fixture.write('found.sarif', SARIF);
  const stage = { run: 'true', reports: { sarif: 'found.sarif' }, gate: ['findings.total == 0'] };
  const before = await fixture.runStage(stage);
  expect(before.outcome()).toMatch(/^failed: /);
  const { fingerprint } = before.report('findings')!.findings[0]!;
  const { id } = fixture.host.store.projects.add(fixture.projectDir);
  const wish = { fingerprint, reason: 'Known', until: null };
  await ignoreFinding(fixture.host.store, id, wish, Date.now());
  const after = await fixture.runStage(stage);
  expect(after.outcome()).toBe('succeeded');
  expect(after.report('findings')?.findings).toHaveLength(1);
});
