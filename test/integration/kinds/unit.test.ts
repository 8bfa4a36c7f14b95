import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKindFixture, type KindFixture } from './kind-fixture.ts';

let fixture: KindFixture;
beforeAll(async () => {
  fixture = await createKindFixture();
});
afterAll(() => fixture[Symbol.asyncDispose]());

describe('test.unit', () => {
  it('runs the tests of Node and keeps their results', async () => {
    fixture.write('a.test.js', `import { test } from 'node:test'; test('adds', () => {});`);
    fixture.write('package.json', '{"type":"module"}');
    const command = 'node --test --test-reporter=junit --test-reporter-destination=unit.xml a.test.js';
    const run = await fixture.runStage({ uses: 'test.unit', with: { command, junit: 'unit.xml' } });
    expect(run.outcome()).toBe('succeeded');
    expect(run.report('tests')).toMatchObject({ total: 1, passed: 1 });
  });

  it('could not judge when no test was reported', async () => {
    const run = await fixture.runStage({ uses: 'test.unit', with: { command: 'true', junit: 'none.xml' } });
    expect(run.outcome()).toMatch(/^infra-error: Nothing was checked: no test was reported\./);
  });
});
