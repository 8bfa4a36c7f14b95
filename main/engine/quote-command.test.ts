import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteCommand } from './quote-command.ts';

describe('a command as a script', () => {
  it.skipIf(process.platform === 'win32')('hands on every argument as it is, whatever is in it', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 }).map((odd) => odd.replaceAll('\0', ''));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), (args) => {
        const print = 'process.stdout.write(JSON.stringify(process.argv.slice(1)))';
        const { script } = quoteCommand([process.execPath, '-e', print, '--', ...args], '/');
        const seen = JSON.parse(execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' })) as string[];
        // What is no text in UTF-8 cannot be an argument.
        expect(seen).toEqual(args.map((arg) => arg.toWellFormed()));
      }),
      { numRuns: 15 },
    );
  });

  it('is for PowerShell where the command runs on Windows, and passes its exit code on', () => {
    expect(quoteCommand(["it's", '$x'], '\\')).toEqual({
      script: "& 'it''s' '$x'\nexit $LASTEXITCODE",
      shell: 'powershell',
    });
  });
});
