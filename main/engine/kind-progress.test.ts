import { expect, it } from 'vitest';
import { INERT_PORTS } from '#main/executors/dummy/inert-ports.ts';
import { progressWords } from '#shared/run/progress.ts';
import { createMemoryEngine } from '#test/support/memory-engine.ts';
import { plan, scriptStep, stage } from '#test/support/plans.ts';
import type { KindContext } from './kind-ports.ts';

/** Runs a stage of a kind and, behind it, another step. */
async function progressOf(work: (context: KindContext) => void) {
  const run = (context: KindContext) => {
    work(context);
    return Promise.resolve({ outcome: { type: 'succeeded' } as const });
  };
  const { secrets } = INERT_PORTS;
  const redact = (text: string, values: readonly string[]): string =>
    values.reduce((rest, value) => rest.replaceAll(value, '***'), text);
  const memory = createMemoryEngine({
    ports: { kinds: { prepare: () => ({ preview: '', run }) }, secrets: { ...secrets, redact } },
  });
  const body = { type: 'uses', kind: 'publish.files', with: {} } as const;
  const steps = [{ ...scriptStep('', 'send'), body }, scriptStep('true', 'tidy')];
  const { events } = await memory.run(plan([stage('a', { kind: 'steps', steps })]));
  return events.flatMap((event) => {
    if (event.type === 'stage-progress') return [progressWords(event)];
    return event.type === 'step-finished' ? [`${event.step} finished`] : [];
  });
}

it('is stored before the step that told it has finished, whatever it told in between', async () => {
  const told = await progressOf(({ progress }) => {
    for (let done = 0; done <= 1_000; done += 1) progress(done, 1_000, `file ${done}`);
    progress(0, 0);
  });
  expect(told).toEqual([
    '0 of 2: send',
    'step 1 of 2, 1000 of 1000: file 1000',
    'send finished',
    'tidy finished',
    '1 of 2: tidy',
  ]);
});

it('shows nothing that the kind has hidden', async () => {
  const told = await progressOf(({ mask, progress }) => {
    mask('hunter22');
    progress(1, 2, 'sending with hunter22');
  });
  expect(told).toContain('step 1 of 2, 1 of 2: sending with ***');
});
