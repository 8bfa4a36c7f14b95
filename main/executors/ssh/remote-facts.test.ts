import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { parseFacts, PROBE } from './remote-facts.ts';

describe('what a host tells of itself', () => {
  it.runIf(process.platform !== 'win32')('is read from what the probe writes in this shell', () => {
    const text = execFileSync('/bin/sh', ['-c', PROBE], {
      input: '',
      env: { PATH: process.env['PATH'], HOME: '/home/u', TWO: 'a\nb=c', SSH_CONNECTION: 'from here' },
    }).toString();
    const facts = parseFacts(`Welcome!\n${text}`);
    expect(facts?.root).toBe('/home/u/.cache/pipewright');
    expect(facts?.env['HOME']).toBe('/home/u');
    expect(facts?.env['TWO']).toBe('a\nb=c');
    expect(facts?.env).not.toHaveProperty('SSH_CONNECTION');
  });

  it('is nothing until all of it has come', () => {
    const text =
      'pipewright-facts\0/r\0rsync  version 3.2.7  protocol version 31\n\0perl\0change-times\0boot\n\0A=1\0';
    expect(parseFacts(text)).toBeNull();
    expect(parseFacts(`${text}pipewright-end\0`)).toMatchObject({
      root: '/r',
      rsync: '3.2.7',
      listing: 'change-times',
      bootId: 'boot',
      env: { A: '1' },
    });
  });
});
