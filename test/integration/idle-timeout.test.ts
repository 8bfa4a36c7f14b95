import { afterEach, beforeEach, expect, it } from 'vitest';
import { createKindFixture, type KindFixture } from './kinds/kind-fixture.ts';

let fixture: KindFixture;
beforeEach(async () => {
  fixture = await createKindFixture();
});
afterEach(() => fixture[Symbol.asyncDispose]());

it.skipIf(process.platform === 'win32')(
  'a stage that writes nothing any more is ended, and one that goes on writing is not',
  async () => {
    const run = await fixture.run({
      stages: {
        it: { run: 'echo begun; sleep 60', 'idle-timeout': '1s' },
        busy: { run: 'for i in 1 2 3 4 5 6; do echo $i; sleep 0.3; done', 'idle-timeout': '1s' },
      },
    });
    expect(run.stage().attempts[0]?.outcome).toEqual({ type: 'timed-out', timeoutMs: 1_000, isIdle: true });
    expect(await run.log()).toContain('wrote nothing for 1.0s');
    expect(run.outcome('busy')).toBe('succeeded');
  },
);

it.skipIf(process.platform === 'win32')(
  'processes that do not end when asked are ended by force after the grace of their stage',
  async () => {
    const script = `trap '' TERM; echo begun; while true; do sleep 0.1; done`;
    const run = await fixture.runStage({ run: script, timeout: '500ms', grace: '200ms' });
    const { startedAt, finishedAt } = run.stage();
    expect(run.outcome()).toBe('timed-out');
    // Well below what the host gives processes otherwise.
    expect(Date.parse(finishedAt!) - Date.parse(startedAt!)).toBeLessThan(4_500);
  },
);
