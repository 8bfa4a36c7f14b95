import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findClock, findDisk, findRsync, findShell, parseTold, TEST_PROBE } from './test-probe.ts';

describe('what a host tells in a test', () => {
  it.skipIf(process.platform === 'win32')('is a line for each thing, and nothing is left there', () => {
    const home = mkdtempSync(path.join(os.tmpdir(), 'pipewright-probe-'));
    try {
      mkdirSync(path.join(home, 'sub'));
      const env = { PATH: process.env['PATH'], HOME: home };
      const text = execFileSync('/bin/sh', ['-c', TEST_PROBE], { encoding: 'utf8', env });
      const lines = text.split('\n').map(parseTold);
      expect(lines.map((line) => line?.name)).toEqual(['shell', 'rsync', 'disk', 'root', 'clock', undefined]);
      expect(findShell(lines[0]!.text)).toMatchObject({ status: 'passed' });
      expect(findDisk(lines[2]!.text).words).toMatch(/are free\.$/);
      expect(lines[3]!.text).toBe(`${home}/.cache/pipewright`);
      expect(findClock(lines[4]!.text, Date.now())).toMatchObject({ status: 'passed' });
      expect(readdirSync(home)).toEqual(['sub']);
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });

  it('passes by what start files of a shell print', () => {
    expect(parseTold('Welcome to pipewright-test')).toBeNull();
    expect(parseTold('pipewright-test rsync ')).toEqual({ name: 'rsync', text: '' });
  });

  it('says without what stages cannot run, or run less well', () => {
    expect(findShell(' Linux x86_64')).toMatchObject({
      status: 'failed',
      words: expect.stringMatching(/setsid nor perl/) as string,
    });
    expect(findShell('perl ')).toEqual({ status: 'passed', words: 'Commands run.' });
    expect(findDisk('no /dev/sda1 100 50 50 50% /')).toMatchObject({ status: 'failed' });
    expect(findDisk('yes /dev/s da1 9000000 8000000 1000 90% /')).toEqual({
      status: 'warning',
      words: 'Only 1.0 MB are free.',
      wayOut: expect.any(String) as string,
    });
    expect(findDisk('yes ')).toMatchObject({
      status: 'passed',
      words: expect.stringMatching(/does not tell/) as string,
    });
  });

  it('wants a usable rsync on both sides', () => {
    const tells = 'rsync  version 3.2.7  protocol version 31';
    expect(findRsync(tells, '3.2.3')).toEqual({ status: 'passed', words: 'Version 3.2.7, and 3.2.3 here.' });
    expect(findRsync(tells, null).words).toMatch(/installed on this machine:/);
    expect(findRsync('', '3.2.3').words).toMatch(/installed there:/);
    expect(findRsync('rsync  version 2.6.9  protocol version 29', null).words).toMatch(/there, nor on this/);
  });

  it('tells how far the clocks are apart', () => {
    const hereMs = 1_700_000_000_000;
    expect(findClock('1700000004', hereMs).status).toBe('passed');
    expect(findClock('1700000090', hereMs).words).toBe('It is 1m 30s ahead of this machine.');
    expect(findClock('1699999990', hereMs).words).toBe('It is 10s behind this machine.');
    expect(findClock('%s', hereMs).status).toBe('skipped');
  });
});
