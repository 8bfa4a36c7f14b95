import { describe, expect, it } from 'vitest';
import { createDummyPlaces } from '#main/executors/dummy/dummy-places.ts';
import { createDummyExecutor } from '#main/executors/dummy/dummy-executor.ts';
import { stageIdOf } from '#shared/lib/ids.ts';
import type { PlannedPlace } from '#shared/pipeline/plan-place.ts';
import type { PlannedStage } from '#shared/pipeline/plan.ts';
import { createMemoryEngine, type MemoryEngine, settle } from '#test/support/memory-engine.ts';
import { plan, stage } from '#test/support/plans.ts';
import type { SshSlots, SshWish } from './ports.ts';

/** Slots that a test gives out by hand. */
function createSlotsByHand() {
  const asked: { readonly wish: SshWish; readonly slots: number; readonly holder: string }[] = [];
  const waiting: ((host: string | null) => void)[] = [];
  let freed = 0;
  const sshSlots: SshSlots = {
    take(wish, slots, _owner, holder, signal) {
      asked.push({ wish, slots, holder: holder.replace(/^[^/]*\//, '') });
      return new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
        waiting.push((host) => resolve({ host, free: () => (freed += 1) }));
      });
    },
  };
  return { sshSlots, asked, give: (host: string | null) => waiting.shift()?.(host), freed: () => freed };
}

function start(stages: readonly PlannedStage[], maxParallel = 4) {
  const slots = createSlotsByHand();
  const opened: PlannedPlace[] = [];
  const script = { near: { delayMs: 1_000 }, far: { delayMs: 1_000 } };
  const dummy = createDummyPlaces(
    createDummyExecutor({ after: (ms, call) => memory.clock.after(ms, call) }, script),
  );
  const memory: MemoryEngine = createMemoryEngine({
    ...{ maxParallel, script },
    ports: {
      sshSlots: slots.sshSlots,
      places: {
        ...dummy,
        open: (request, signal) => {
          opened.push(request.place);
          return dummy.open(request, signal);
        },
      },
    },
  });
  return { ...slots, opened, memory, start: () => memory.start(plan(stages), maxParallel) };
}

const onBuild = (id: string, more: Partial<PlannedStage> = {}): PlannedStage =>
  stage(id, { place: { type: 'ssh', host: 'build-1' }, ...more });

describe('a stage on a host', () => {
  it('waits for slots of that host, without one of this machine, and gives them back at its end', async () => {
    const test = start([onBuild('far', { slots: 3 }), stage('near', {})], 1);
    const handle = await test.start();
    await settle();
    expect(test.asked).toEqual([{ wish: { host: 'build-1', labels: [] }, slots: 3, holder: 'far' }]);
    const events = (): readonly object[] => test.memory.stored.get(handle.runId) ?? [];
    expect(events()).toContainEqual(
      expect.objectContaining({
        type: 'stage-queued',
        stage: 'far',
        reason: { type: 'locks', names: [], host: { name: 'build-1', labels: [] } },
      }),
    );
    test.give('build-1');
    await settle();
    while (test.freed() === 0) {
      test.memory.clock.next();
      await settle();
    }
    expect((await handle.finished).status).toBe('succeeded');
    expect(test.opened).toEqual([{ type: 'ssh', host: 'build-1' }]);
    expect(test.freed()).toBe(1);
  });

  it('runs beside stages that have all slots of this machine', async () => {
    const test = start([stage('near', {}), onBuild('far')], 1);
    const handle = await test.start();
    await settle();
    test.give('build-1');
    await settle();
    expect(handle.state()).toMatchObject({ usedSlots: 1, usedHostSlots: 1 });
    await test.memory.engine.close('signal');
  });

  it('counts for what the file allows at once', async () => {
    const slots = createSlotsByHand();
    const memory = createMemoryEngine({
      script: { near: { delayMs: 1_000 } },
      ports: { sshSlots: slots.sshSlots },
    });
    const handle = await memory.start({ ...plan([stage('near', {}), onBuild('far')]), maxParallel: 1 });
    await settle();
    slots.give('build-1');
    await settle();
    expect(handle.state()).toMatchObject({ usedSlots: 1, usedHostSlots: 0 });
    await memory.engine.close('signal');
  });

  it('runs on the host that has its labels, and is an infra-error when none has', async () => {
    const place: PlannedPlace = { type: 'ssh-labels', labels: ['linux', 'gpu'] };
    const test = start([stage('a', { place }), stage('b', { place })]);
    const handle = await test.start();
    await settle();
    test.give('build-7');
    test.give(null);
    let isOver = false;
    void handle.finished.then(() => (isOver = true));
    while (!isOver) {
      await settle();
      test.memory.clock.next();
    }
    expect(test.asked[0]?.wish).toEqual({ host: null, labels: ['linux', 'gpu'] });
    expect(test.opened).toEqual([{ type: 'ssh', host: 'build-7' }]);
    const outcomes = (test.memory.stored.get(handle.runId) ?? []).flatMap((event) =>
      event.type === 'attempt-finished' ? [[event.stage, event.outcome]] : [],
    );
    expect(Object.fromEntries(outcomes)).toMatchObject({
      a: { type: 'succeeded' },
      b: {
        type: 'infra-error',
        error: {
          code: 'host-missing',
          message: 'Stage b has no place to run: no host has the labels linux and gpu.',
        },
      },
    });
  });

  it('stops waiting when it is cancelled', async () => {
    const test = start([onBuild('far')]);
    const handle = await test.start();
    await settle();
    expect(test.memory.engine.cancel(handle.runId, 'user', stageIdOf('far'))).toBe(true);
    expect((await handle.finished).status).toBe('cancelled');
    expect(test.opened).toEqual([]);
  });
});
