import { expect, it } from 'vitest';
import { inContainers } from './in-containers.ts';
import type { Plan } from './plan.ts';
import { compilePlan } from './compile-plan.ts';
import { parsePipeline } from './parse.ts';
import { containerOf, type PlannedContainer } from './plan-place.ts';

const CONTAINER: PlannedContainer = { ...containerOf('tools:1'), pull: 'never' };

function moved(text: string): Plan {
  const { pipeline, issues } = parsePipeline(Buffer.from(text), 'pipewright.yml', { kinds: [] });
  expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  return inContainers(compilePlan(pipeline!, { inputs: {} }).plan!, CONTAINER);
}

const images = ({ stages }: Plan): Record<string, string | undefined> =>
  Object.fromEntries(
    stages.map(({ id, place }) => [id, place?.type === 'container' ? place.container.image : place?.type]),
  );

it('moves stages of this machine into the container, and leaves those that say where they run', () => {
  const plan = moved(`
stages:
  plain: { run: make }
  own: { run: make, container: { image: 'node:24' } }
  far: { run: make, runs-on: { ssh: build } }
  ask: { approval: { message: Ship it? } }
`);
  expect(images(plan)).toEqual({ plain: 'tools:1', own: 'node:24', far: 'ssh', ask: undefined });
});

it('moves the legs of a matrix, also those that only the run knows', () => {
  const plan = moved(`
stages:
  list: { run: make list }
  known: { matrix: { node: [22] }, run: make }
  later: { needs: [list], matrix: { node: '\${{ fromJSON(needs.list.outputs.nodes) }}' }, run: make }
`);
  const leg = plan.stages.find(({ id }) => id === 'later')?.matrix?.template?.leg;
  expect(leg?.place).toEqual({ type: 'container', container: CONTAINER });
  expect(images(plan)).toMatchObject({ list: 'tools:1', later: undefined });
  expect(Object.values(images(plan))).toEqual(['tools:1', 'tools:1', undefined, undefined]);
});

it('moves the hooks of a run', () => {
  const plan = moved(`
hooks: { failure: [{ run: make tell }] }
stages:
  plain: { run: make }
`);
  expect(Object.values(images(plan))).toEqual(['tools:1', 'tools:1']);
});
