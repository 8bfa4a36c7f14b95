import { expect, it } from 'vitest';
import { createDummyPlaces } from '#main/executors/dummy/dummy-places.ts';
import { createDummyExecutor } from '#main/executors/dummy/dummy-executor.ts';
import { containerOf, type PlannedContainer, type PlannedService } from '#shared/pipeline/plan-place.ts';
import type { PlannedStage } from '#shared/pipeline/plan.ts';
import { createFakeClock } from '#test/support/fake-clock.ts';
import { createMemoryEngine } from '#test/support/memory-engine.ts';
import { plan, stage } from '#test/support/plans.ts';
import type { PlaceRequest } from './ports.ts';

const container: PlannedContainer = containerOf('node:24');
const service: PlannedService = { ...container, id: 'db', command: [], health: null };

/** Runs stages in dummy places, and says which were asked for. */
async function opened(...stages: readonly PlannedStage[]) {
  const requests: PlaceRequest[] = [];
  const dummy = createDummyPlaces(createDummyExecutor(createFakeClock()));
  const memory = createMemoryEngine({
    ports: {
      places: {
        ...dummy,
        open: (request, signal) => {
          requests.push(request);
          return dummy.open(request, signal);
        },
      },
    },
  });
  const { events } = await memory.run(plan(stages));
  const outcomes = events.flatMap((event) => (event.type === 'attempt-finished' ? [event.outcome] : []));
  return { requests, outcomes };
}

it('evaluates what a place and its services say when the attempt starts', async () => {
  const { requests, outcomes } = await opened(
    stage('a', {
      place: {
        type: 'container',
        container: {
          ...container,
          image: 'app:${{ run.number }}',
          env: { stage: '${{ stage.id }}' },
          mounts: [{ from: 'v-${{ stage.id }}', to: '/v', isReadOnly: true }],
          user: '${{ run.number }}',
        },
      },
      services: [{ ...service, image: 'db:${{ stage.attempt }}', command: ['${{ stage.id }}'] }],
    }),
  );
  expect(outcomes).toMatchObject([{ type: 'succeeded' }]);
  expect(requests).toMatchObject([
    {
      place: {
        container: {
          image: 'app:1',
          env: { stage: 'a' },
          mounts: [{ from: 'v-a', to: '/v', isReadOnly: true }],
          user: '1',
        },
      },
      services: [{ id: 'db', image: 'db:1', command: ['a'] }],
    },
  ]);
});

it.each([
  [{ type: 'ssh', host: "${{ format('-{0}', stage.id) }}" }, [], 'runs-on.ssh'],
  [
    { type: 'container', container: { ...container, image: '${{ needs.x.outputs.y }}' } },
    [],
    'container.image',
  ],
  [{ type: 'local' }, [{ ...service, ports: ['${{ stage.id }}'] }], 'services.db.ports'],
] as const)('fails a stage whose place comes to what it cannot be: %j', async (place, services, name) => {
  const { requests, outcomes } = await opened(stage('a', { place, services }));
  expect(requests).toEqual([]);
  expect(outcomes).toEqual([
    {
      type: 'failed',
      exitCode: null,
      signal: null,
      message: expect.stringContaining(`\`${name}\` must be`) as unknown,
    },
  ]);
});

it('makes nothing for a stage of this machine', async () => {
  const { requests, outcomes } = await opened(
    stage('a'),
    stage('b', { place: { type: 'local' }, services: [] }),
  );
  expect(requests).toEqual([]);
  expect(outcomes).toMatchObject([{ type: 'succeeded' }, { type: 'succeeded' }]);
});
