import { expect, it } from 'vitest';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import type { Contract } from './executor-contract.ts';

const LANES = 4;
const STEPS = 1_000;

export function loadCases({ open, can }: Contract): void {
  it('of a thousand quick steps, each with its output', { timeout: 600_000 }, async () => {
    const lane = async (): Promise<string> => {
      const { step, log } = await open();
      for (let index = 0; index < STEPS / LANES; index += 1) {
        const outcome = await step(`echo ${index}`, { scripted: { output: [String(index)] } });
        expect(outcome).toEqual(SUCCEEDED);
      }
      return log.bytes('stdout').toString();
    };
    const wanted = Array.from({ length: STEPS / LANES }, (_, index) => `${index}\n`).join('');
    const outputs = await Promise.all(Array.from({ length: LANES }, lane));
    expect(outputs).toEqual(Array.from({ length: LANES }, () => wanted));
  });

  it('of many steps at once', async () => {
    const attempts = await Promise.all(Array.from({ length: 8 }, () => open()));
    const outcomes = await Promise.all(
      attempts.map(({ step }) => step('echo hello', { scripted: { output: ['hello'] } })),
    );
    expect(outcomes).toEqual(attempts.map(() => SUCCEEDED));
    expect(attempts.map(({ log }) => log.bytes('stdout').toString())).toEqual(attempts.map(() => 'hello\n'));
  });

  it.runIf(can.runsScripts)('of two runs, of which one ends first', async () => {
    const first = await open();
    const second = await open();
    const going = first.step('echo mine > file; echo ready; until [ -e go ]; do sleep 0.1; done; cat file');
    await first.log.printed('ready');
    await second.step('echo theirs > file; [ ! -e go ]');
    await second[Symbol.asyncDispose]();
    expect(await first.step('touch go')).toEqual(SUCCEEDED);
    expect(await going).toEqual(SUCCEEDED);
    expect(first.log.bytes('stdout').toString()).toBe('ready\nmine\n');
  });

  it.runIf(can.runsScripts)('of a place that is closed twice', async () => {
    const { step, place } = await open();
    await step('true');
    await place.close();
    await place.close();
  });
}
