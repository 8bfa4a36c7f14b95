import { describe, expect, it } from 'vitest';
import { hookReport, parseLefthook, parsePreCommit } from './hook-results.ts';

describe('the output of hooks', () => {
  it('of pre-commit is read hook by hook', () => {
    const text = [
      '[INFO] Initializing environment for local.',
      'good one.................................................................Passed',
      'bad one..................................................................Failed',
      '- hook id: bad',
      '- duration: 1.5s',
      '- exit code: 1',
      '',
      'nope',
      'nothing to do........................................(no files to check)Skipped',
    ].join('\n');
    expect(parsePreCommit(text)).toEqual([
      { name: 'good one', status: 'passed', seconds: 0, said: '' },
      { name: 'bad one', status: 'failed', seconds: 1.5, said: '- hook id: bad\n- exit code: 1\n\nnope' },
      { name: 'nothing to do', status: 'skipped', seconds: 0, said: 'no files to check' },
    ]);
  });

  it('of lefthook is read from its summary', () => {
    const text =
      '│  docs (skip) no files for inspection\n┃  lint ❯\nok\nsummary: (done in 0.02 seconds)\n✔️ lint (0.01 seconds)\n🥊 test\n';
    expect(parseLefthook(text)).toEqual([
      { name: 'lint', status: 'passed', seconds: 0.01, said: '' },
      { name: 'test', status: 'failed', seconds: 0, said: '' },
      { name: 'docs', status: 'skipped', seconds: 0, said: 'no files for inspection' },
    ]);
  });

  it('becomes a report of tests', () => {
    const report = hookReport('pre-commit', [{ name: 'bad', status: 'failed', seconds: 2, said: 'no' }]);
    expect(report).toMatchObject({
      total: 1,
      failed: 1,
      durationMs: 2_000,
      suites: [{ name: 'pre-commit' }],
    });
  });
});
