import { callInputs } from './call-inputs.ts';
import type { CheckContext } from './check-context.ts';
import { quote } from './describe-value.ts';
import { findCycles } from './find-cycles.ts';
import { resolveIncluded } from './include-files.ts';
import type { Pipeline, PipelineStage } from './pipeline.ts';
import type { Place, ValuePath } from './source-map.ts';

/** Opens a called file; null, and an issue at the place, when that cannot be done. */
export type OpenCalled = (path: string, target: string, place: Place) => Pipeline | null;

type Call = Extract<PipelineStage['body'], { readonly type: 'pipeline' }>;

interface Site {
  readonly call: Call;
  readonly path: ValuePath;
}

const isFile = (target: string): boolean => /\.ya?ml$/i.test(target) || /[/\\]/.test(target);

function sitesOf(stages: readonly PipelineStage[], path: ValuePath): readonly Site[] {
  return stages.flatMap(({ id, body }) =>
    body.type === 'pipeline' ? [{ call: body, path: [...path, 'stages', id] }] : [],
  );
}

/**
 * Finds the pipelines that the stages of a file call, its own and other files, and checks what they are handed.
 * @param called changed in place: gets the files
 */
export function connectCalls(
  pipeline: Pipeline,
  called: Map<string, Pipeline>,
  context: CheckContext,
  open: OpenCalled,
): void {
  const own = new Map(called);
  const sites = new Map([['', sitesOf(pipeline.stages, [])]]);
  for (const [id, part] of own) sites.set(id, sitesOf(part.stages, ['pipelines', id]));
  reportCycles(sites, context);
  for (const site of [...sites.values()].flat()) {
    const { target } = site.call;
    if (!called.has(target) && isFile(target)) {
      const place = context.source.value([...site.path, 'pipeline']);
      const file = open(resolveIncluded(place.file ?? pipeline.path, target), target, place);
      if (file !== null) called.set(target, file);
    } else if (!called.has(target)) reportUnknown(site, own.keys(), context);
    const found = called.get(target);
    if (found !== undefined) checkWith(site, found, context);
  }
}

function reportUnknown(
  { call, path }: Site,
  known: Iterable<string>,
  { source, issues, suggest }: CheckContext,
): void {
  const close = issues.full ? null : suggest(call.target, known);
  const hint =
    close === null ? 'declare it under `pipelines`, or name a .yml file' : `did you mean \`${close}\`?`;
  issues.add(
    'unknown-pipeline',
    source.value([...path, 'pipeline']),
    `There is no pipeline ${quote(call.target)}`,
    hint,
  );
}

function checkWith({ call, path }: Site, called: Pipeline, { source, issues, suggest }: CheckContext): void {
  for (const { code, key, message, hint } of callInputs(called, call.with, suggest).problems) {
    const place = key === null ? source.key(path) : source.key([...path, 'with', key]);
    issues.add(code, place, message, hint ?? (key === null ? 'give it a value in `with`' : null));
  }
}

function reportCycles(sites: ReadonlyMap<string, readonly Site[]>, { source, issues }: CheckContext): void {
  const edges = new Map([...sites].map(([id, list]) => [id, list.map((site) => site.call.target)] as const));
  for (const cycle of findCycles(edges)) {
    const [first = '', second = first] = cycle;
    const site = sites.get(first)?.find(({ call }) => call.target === second);
    issues.add(
      'pipeline-cycle',
      source.value([...(site?.path ?? []), 'pipeline']),
      `Pipelines call each other in a circle: ${[...cycle, first].join(' -> ')}`,
      'let one of them not call the other',
    );
  }
}
