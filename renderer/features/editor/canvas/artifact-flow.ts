import { mappingOf } from '#shared/pipeline/raw-stages.ts';
import { listOf } from '#shared/pipeline/raw-stages.ts';
import { stagesOf } from '#shared/pipeline/edits/stage-paths.ts';
import type { CanvasGraph } from './canvas-graph.ts';
import { edgeKey, type EdgeRef } from './scene/stage-graph.ts';

/** Something that one stage makes and another uses. */
export interface FlowEdge extends EdgeRef {
  /** The outputs and artifacts: `version, package`. */
  readonly label: string;
}

const OUTPUT = /\bneeds\.([A-Za-z_][\w-]*)\.outputs\.([A-Za-z_][\w-]*)/g;

/**
 * What flows between the stages of a graph: outputs that expressions read, and artifacts of what a stage needs.
 * @param value the plain value of the file
 */
export function artifactFlow(graph: CanvasGraph, value: unknown): readonly FlowEdge[] {
  const written = stagesOf(value, graph.scope);
  const labels = new Map<string, { readonly edge: EdgeRef; readonly names: Set<string> }>();
  const add = (edge: EdgeRef, name: string): void => {
    const known = labels.get(edgeKey(edge));
    if (known === undefined) labels.set(edgeKey(edge), { edge, names: new Set([name]) });
    else known.names.add(name);
  };
  for (const { id } of graph.stages.values()) {
    const text = JSON.stringify(written[id] ?? null);
    for (const [, source = '', output = ''] of text.matchAll(OUTPUT)) {
      if (graph.stages.has(source)) add({ source, target: id }, output);
    }
  }
  for (const edge of graph.edges) {
    for (const name of artifactNames(mappingOf(written[edge.source])['artifacts'])) add(edge, name);
  }
  return [...labels.values()].map(({ edge, names }) => ({ ...edge, label: labelOf([...names]) }));
}

function artifactNames(artifacts: unknown): readonly string[] {
  return listOf(artifacts).flatMap((artifact) => {
    const { name } = mappingOf(artifact);
    return typeof name === 'string' ? [name] : [];
  });
}

const labelOf = (names: readonly string[]): string =>
  names.length > 2 ? `${names.slice(0, 2).join(', ')} +${names.length - 2}` : names.join(', ');
