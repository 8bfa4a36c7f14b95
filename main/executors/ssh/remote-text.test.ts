import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { envFile, framed, interpreterOf, quoted, READS_SCRIPT_THEN_INPUT, writeText } from './remote-text.ts';

const text = fc.string({ unit: 'grapheme' }).filter((each) => !each.includes('\0'));

describe('texts for a remote shell', () => {
  it('quotes any text as one word', () => {
    expect(quoted(`it's $HOME`)).toBe(`'it'\\''s $HOME'`);
  });

  it('leaves out variables that no shell takes or that are its own', () => {
    expect(envFile({ A: '1', 'B.C': '2', PWD: '/', 'x y': '3', _z: '4' })).toBe(
      `export A='1'\nexport _z='4'\n`,
    );
  });

  it('runs a file by the shell that is named, or by a template', () => {
    expect(interpreterOf(null, '/r/s.sh')).toBe(`sh -e '/r/s.sh'`);
    expect(interpreterOf('perl -w {0} --x', '/r/s')).toBe(`'perl' '-w' '/r/s' '--x'`);
    expect(interpreterOf('ruby', '/r/s')).toBe(`'ruby' '/r/s'`);
  });

  it.runIf(process.platform !== 'win32')('reads a script and nothing of the input behind it', () => {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-text-'));
    onTestFinished(() => rmSync(dir, { recursive: true }));
    fc.assert(
      fc.property(text, text, (value, rest) => {
        const script = `${writeText('text', value, 'END-OF-TEXT')}cat text -`;
        const input = Buffer.concat([framed(script), Buffer.from(rest)]);
        const output = execFileSync('/bin/sh', ['-c', READS_SCRIPT_THEN_INPUT], {
          input,
          cwd: dir,
        }).toString();
        const end = value === '' || value.endsWith('\n') ? '' : '\n';
        expect(output).toBe(value + end + rest);
      }),
      { numRuns: 20 },
    );
  });
});
