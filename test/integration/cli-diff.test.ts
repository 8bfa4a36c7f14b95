import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliFixture, createCliFixture } from './cli-fixture.ts';

const BEFORE =
  'name: Shop\nstages:\n  unit: { run: npm test }\n  pack: { needs: [unit], run: npm pack, timeout: 5m }\n';
const AFTER =
  '# changed\nname: Shop\nstages:\n  tests: { run: npm test }\n  lint: { run: npm run lint }\n  pack: { needs: [tests, lint], run: npm pack, timeout: 9m }\n';

describe('pipewright diff', () => {
  let fixture: CliFixture;
  beforeAll(() => {
    fixture = createCliFixture(BEFORE);
    fixture.write('after.yml', AFTER);
    fixture.write('broken.yml', 'stages: [\n');
  });
  afterAll(async () => fixture[Symbol.asyncDispose]());

  it('shows stages, edges and fields that differ, and exits with 1', async () => {
    const { code, stdout } = await fixture.cli('diff', 'pipewright.yml', 'after.yml');
    expect(code).toBe(1);
    expect(stdout.split('\n')).toEqual([
      '> stage tests renamed from unit',
      '+ stage lint added',
      '~ stage pack changed',
      '    + needs lint',
      '    ~ timeout: 5m -> 9m',
      '',
    ]);
  });

  it('writes the same as JSON', async () => {
    const diff = await fixture.json<{ stages: readonly object[] }>('diff', 'pipewright.yml', 'after.yml');
    expect(diff.stages).toMatchObject([
      { type: 'renamed', id: 'tests', from: 'unit' },
      { type: 'added', id: 'lint' },
      { type: 'changed', id: 'pack', fields: [{ path: ['timeout'], before: '5m', after: '9m' }] },
    ]);
  });

  it('exits with 0 for files that mean the same', async () => {
    fixture.write('same.yml', `# about it\n${BEFORE}`);
    expect(await fixture.cli('diff', 'pipewright.yml', 'same.yml')).toMatchObject({ code: 0, stdout: '' });
  });

  it('reads a file of a Git revision', async () => {
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], {
        cwd: fixture.projectDir,
      });
    git('init', '-q');
    git('add', 'pipewright.yml');
    git('commit', '-q', '-m', 'first');
    expect(await fixture.cli('diff', 'HEAD:pipewright.yml', 'after.yml')).toMatchObject({ code: 1 });
    expect(await fixture.cli('diff', 'HEAD:pipewright.yml', 'pipewright.yml')).toMatchObject({ code: 0 });
  });

  it('says in one sentence what cannot be compared', async () => {
    const missing = await fixture.cli('diff', 'HEAD:nothing.yml', 'pipewright.yml');
    expect(missing).toMatchObject({ code: 2, stdout: '' });
    expect(missing.stderr).toContain('neither a file HEAD:nothing.yml nor such a revision');
    const broken = await fixture.cli('diff', 'broken.yml', 'pipewright.yml');
    expect(broken).toMatchObject({ code: 2, stdout: '' });
    expect(broken.stderr).toContain('broken.yml:');
  });
});
