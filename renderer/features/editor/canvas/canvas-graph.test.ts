import { describe, expect, it } from 'vitest';
import { documentOf } from '../document/document-fixture.ts';
import { artifactFlow } from './artifact-flow.ts';
import { canvasGraph, shapeOf, type CanvasGraph } from './canvas-graph.ts';

const TEXT = `pipelines:
  ship:
    stages:
      upload: { run: echo up }
stages:
  pack:
    run: npm pack
    gate: ["tests.failed == 0"]
    artifacts: [{ name: package, paths: [dist] }, { name: notes, paths: [notes] }]
  deploy: { needs: [pack], run: 'echo \${{ needs.pack.outputs.version }}' }
  after: { needs: [deploy], pipeline: ship }
`;

async function graphOf(text: string, scope: string | null = null, before?: CanvasGraph) {
  const { document } = await documentOf(text);
  const { stages, value } = document.getState().analysis!;
  return { graph: canvasGraph(stages, value, scope, before), value };
}

describe('canvasGraph', () => {
  it('is the same graph while no card looks otherwise, wherever the stages stand in the text', async () => {
    const { graph: before } = await graphOf(TEXT);
    const { graph: moved } = await graphOf(`# A line more.\n${TEXT}`, null, before);
    expect(moved).toBe(before);
    const { graph: changed } = await graphOf(TEXT.replace('npm pack', 'npm run pack'), null, before);
    expect(changed.stages.get('deploy')).toBe(before.stages.get('deploy'));
    expect(changed.stages.get('pack')?.summary).not.toBe(before.stages.get('pack')?.summary);
  });

  it('has the stages of one scope, with what they call and whether a gate judges them', async () => {
    const { graph } = await graphOf(TEXT);
    expect([...graph.stages.keys()]).toEqual(['pack', 'deploy', 'after']);
    expect(graph.stages.get('after')?.calls).toBe('ship');
    expect(graph.stages.get('pack')?.hasGate).toBe(true);
    expect([...(await graphOf(TEXT, 'ship')).graph.stages.keys()]).toEqual(['upload']);
  });

  it('keeps the objects of stages whose card looks the same', async () => {
    const { graph: before } = await graphOf(TEXT);
    const { graph: after } = await graphOf(TEXT.replace('npm pack', 'npm pack --silent'), null, before);
    expect(after.stages.get('deploy')).toBe(before.stages.get('deploy'));
    expect(after.stages.get('pack')).not.toBe(before.stages.get('pack'));
    expect(shapeOf(after)).toBe(shapeOf(before));
  });
});

describe('artifactFlow', () => {
  it('shows outputs that expressions read, and artifacts of what a stage needs', async () => {
    const { graph, value } = await graphOf(TEXT);
    expect(artifactFlow(graph, value)).toEqual([
      { source: 'pack', target: 'deploy', label: 'version, package +1' },
    ]);
  });
});
