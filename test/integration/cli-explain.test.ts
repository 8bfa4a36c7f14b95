import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliFixture, createCliFixture } from './cli-fixture.ts';

const PIPELINE = 'name: Shop\n\nstages:\n  install:\n    run: npm ci\n';

describe('pipewright validate --explain', () => {
  let fixture: CliFixture;
  beforeAll(() => {
    fixture = createCliFixture(PIPELINE);
    fixture.write('broken.yml', `${PIPELINE}    oops: 1\n`);
  });
  afterAll(async () => fixture[Symbol.asyncDispose]());

  it('says what could be better, why and how, as the documentation shows it, and exits with 0', async () => {
    const { code, stdout } = await fixture.cli('validate', '--explain');
    expect(code).toBe(0);
    const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/explain.md'), 'utf8');
    expect(stdout).toBe(/^```text\n(.*?)^```$/ms.exec(page)![1]);
  });

  it('writes issues and explanations as JSON', async () => {
    expect(await fixture.json('validate', '--explain')).toMatchObject({
      issues: [],
      explanations: [
        {
          code: 'no-timeout',
          severity: 'warning',
          path: 'pipewright.yml',
          line: 4,
          column: 3,
          stage: 'install',
          valuePath: ['stages', 'install'],
          fixes: [{ operations: [{ type: 'set-field', value: '30m' }] }],
        },
      ],
    });
  });

  it('says nothing of it without the option', async () => {
    expect(await fixture.json('validate')).toEqual([]);
  });

  it('leaves a file with errors to its errors', async () => {
    const { code, stdout } = await fixture.cli('validate', 'broken.yml', '--explain');
    expect(code).toBe(2);
    expect(stdout).toContain('unknown-key');
    expect(stdout).not.toContain('no-timeout');
  });
});
