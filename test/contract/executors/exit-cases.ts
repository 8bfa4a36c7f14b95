import { expect, it } from 'vitest';
import type { Outcome } from '#shared/run/outcome.ts';
import type { StepOptions } from './attempt.ts';
import type { Contract } from './executor-contract.ts';

const exited = (exitCode: number): Outcome =>
  exitCode === 0 ? { type: 'succeeded' } : { type: 'failed', exitCode, signal: null, message: null };

/** Attempts at once. */
const LANES = 4;

const NOT_STARTED: [string, StepOptions][] = [
  ['program is missing', { shell: 'no-such-shell {0}' }],
  ['folder is missing', { folder: 'no-such-folder' }],
];

export function exitCases({ open, can }: Contract): void {
  it('reports each exit code from 0 to 255', { timeout: 180_000 }, async () => {
    const found: Outcome[] = [];
    const lane = async (first: number): Promise<void> => {
      const { step } = await open();
      for (let code = first; code < 256; code += LANES)
        found[code] = await step(`exit ${code}`, { scripted: { outcomes: [exited(code)] } });
    };
    await Promise.all(Array.from({ length: LANES }, (_, first) => lane(first)));
    expect(found).toEqual(Array.from({ length: 256 }, (_, code) => exited(code)));
  });

  it('reports the signal that ended a script', async () => {
    const { step } = await open();
    const bySignal: Outcome = { type: 'failed', exitCode: null, signal: 'SIGSEGV', message: null };
    const outcome = await step('kill -s SEGV $$', { scripted: { outcomes: [bySignal] } });
    expect(outcome).toEqual(can.tellsSignals ? bySignal : exited(139));
  });

  it.runIf(can.runsScripts)('stops at the first command that fails', async () => {
    const { step, log } = await open();
    expect(await step('false\necho never')).toEqual(exited(1));
    expect(log.bytes('stdout').toString()).toBe('');
  });

  it.runIf(can.runsScripts)('goes on with the next step after one that failed', async () => {
    const { step, log } = await open();
    expect(await step('exit 3')).toEqual(exited(3));
    expect(await step('echo next')).toEqual(exited(0));
    expect(log.bytes('stdout').toString()).toBe('next\n');
  });

  it.runIf(can.runsScripts).each(NOT_STARTED)('a step whose %s, saying so', async (_what, options) => {
    const { step } = await open();
    const outcome = await step('true', options);
    if (!can.tellsWhyNotStarted) expect(outcome).toEqual(exited(127));
    else {
      const message = expect.stringMatching(/no-such-(?:shell|folder)/) as string;
      expect(outcome).toEqual({ type: 'infra-error', error: { code: 'spawn-failed', message } });
    }
  });

  it.runIf(can.runsScripts)('takes a script that is longer than an argument may be', async () => {
    const { step, log } = await open();
    expect(await step(`# ${'x'.repeat(300_000)}\necho done`)).toEqual(exited(0));
    expect(log.bytes('stdout').toString()).toBe('done\n');
  });

  it.runIf(can.runsScripts)('runs a script as it stands, with quotes, dollars and line ends', async () => {
    const { step, log } = await open();
    const script = `printf '%s\\n' 'a "b" $HOME \\n' "it's"\nif true; then\n  echo "\${PWD##*/}"\nfi\n# end`;
    expect(await step(script)).toEqual(exited(0));
    expect(log.bytes('stdout').toString()).toMatch(/^a "b" \$HOME \\n\nit's\n[^\n]+\n$/);
  });
}
