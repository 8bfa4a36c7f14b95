import { describe, expect, it } from 'vitest';
import { runIdOf } from '#shared/lib/ids.ts';
import { logFileName } from './log-ref.ts';

const name = (stage: string, attempt = 1): string =>
  logFileName({ runId: runIdOf('0000000000000run'), stage, attempt });

describe('logFileName', () => {
  it('keeps what a file system takes and names later attempts', () => {
    expect(name('unit')).toBe('unit.log');
    expect(name('unit[node=22]', 2)).toBe('unit-node-22-attempt-2.log');
  });

  it('never leaves the folder or hides the file', () => {
    expect(name('../../etc')).toBe('etc.log');
    expect(name('///')).toBe('stage.log');
  });
});
