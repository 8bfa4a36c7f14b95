import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import type { Contract } from './executor-contract.ts';
import { markedProcesses, processesShowing, SEES_PROCESSES } from './marked-processes.ts';

const ODD_VALUES: Readonly<Record<string, string>> = {
  EMPTY: '',
  SPACES: '  two  spaces and a tab\t ',
  LINES: 'first\nsecond\n\nlast\n',
  CARRIAGE_RETURN: 'dos\r\nline\r',
  QUOTES: `it's "quoted" and 'single' \\ and \\n`,
  DOLLARS: '$HOME ${HOME} $(id) `id` !! %s %% ~ *',
  EQUALS: 'a=b=c',
  UTF_8: 'Grüße, 日本語, 🛠️',
  CONTROL: '\u0001\u0007\u001b[31mred\u001b[0m',
  MARKERS: 'EOF\n__EOF__\nEND\n.\n',
  OPTION: '-n',
  lower_case: 'too',
  _1: 'begins with a line',
};

const printed = (names: readonly string[]): string =>
  `printf '%s\\0' ${names.map((name) => `"$${name}"`).join(' ')}`;

export function environmentCases({ open, can }: Contract): void {
  it.runIf(can.runsScripts)('hands over values of every kind as they are', async () => {
    const { step, log } = await open();
    const names = Object.keys(ODD_VALUES);
    expect(await step(printed(names), { env: ODD_VALUES })).toEqual({ type: 'succeeded' });
    const values = log.bytes('stdout').toString().split('\0');
    expect(Object.fromEntries(names.map((name, index) => [name, values[index]]))).toEqual(ODD_VALUES);
  });

  it.runIf(can.runsScripts)('hands over any text as a value', async () => {
    const texts = fc.array(
      fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.replaceAll('\0', '')),
      {
        minLength: 30,
        maxLength: 30,
      },
    );
    const opened = await open();
    let before = 0;
    await fc.assert(
      fc.asyncProperty(texts, async (values) => {
        const env = Object.fromEntries(values.map((value, index) => [`V_${index}`, value]));
        await opened.step(printed(Object.keys(env)), { env });
        const bytes = opened.log.bytes('stdout');
        const own = bytes.subarray(before).toString();
        before = bytes.length;
        expect(own.split('\0').slice(0, -1)).toEqual(values);
      }),
      { numRuns: 10, endOnFailure: true },
    );
  });

  it.runIf(can.runsScripts)('hands over values of 100 kB', async () => {
    const { step, log } = await open();
    const env = { FIRST: 'ä\n'.repeat(33_333), SECOND: '$'.repeat(100_000), THIRD: "'".repeat(100_000) };
    expect(await step(printed(Object.keys(env)), { env })).toEqual({ type: 'succeeded' });
    expect(log.bytes('stdout').equals(Buffer.from(Object.values(env).join('\0') + '\0'))).toBe(true);
  });

  it.runIf(can.runsScripts)(
    'gives a step no variable of Pipewright itself or of the step before',
    async () => {
      process.env['PIPEWRIGHT_CONTRACT_OWN'] = 'leaked';
      onTestFinished(() => {
        delete process.env['PIPEWRIGHT_CONTRACT_OWN'];
      });
      const { step, log } = await open();
      await step('true', { env: { OF_THE_FIRST: 'leaked' } });
      await step('echo "${PIPEWRIGHT_CONTRACT_OWN-none} ${OF_THE_FIRST-none}"');
      expect(log.bytes('stdout').toString()).toBe('none none\n');
    },
  );

  it.runIf(can.runsScripts)('gives a script no input, so that a prompt ends instead of waiting', async () => {
    const { step, log } = await open();
    expect(await step('cat; if read -r line; then echo "$line"; fi; echo end')).toEqual({
      type: 'succeeded',
    });
    expect(log.bytes('stdout').toString()).toBe('end\n');
  });

  it.runIf(can.runsScripts)('works in the workspace, and in a folder of it with an odd name', async () => {
    const { step, log, place } = await open();
    const odd = `it's a "$HOME" (ä)`;
    await step('pwd; mkdir "$NAME"', { env: { NAME: odd } });
    expect(await step('pwd', { folder: odd })).toEqual({ type: 'succeeded' });
    expect(log.bytes('stdout').toString()).toBe(
      `${place.seenWorkspace}\n${place.seenWorkspace}${place.paths.separator}${odd}\n`,
    );
  });

  it.runIf(can.runsScripts && SEES_PROCESSES)(
    'shows neither values nor a confidential script in the arguments of a process',
    async () => {
      const { step, log, runId } = await open();
      const abort = new AbortController();
      const ended = step(': secret-of-the-script; echo ready; sleep 60', {
        isConfidential: true,
        env: { TOKEN: 'secret-of-the-environment' },
        signal: abort.signal,
      });
      await log.printed('ready');
      expect(markedProcesses('PIPEWRIGHT_RUN_ID', runId).length).toBeGreaterThan(0);
      expect(processesShowing('secret-of-the')).toEqual([]);
      abort.abort();
      await ended;
    },
  );
}
