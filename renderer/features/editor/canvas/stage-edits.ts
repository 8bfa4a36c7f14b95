import { mappingOf } from '#shared/pipeline/raw-stages.ts';
import { freeId, stagesOf } from '#shared/pipeline/edits/stage-paths.ts';
import type { Operation, YamlValue } from '#shared/pipeline/edits/operation.ts';
import type { EditAnswer, EditorStage } from '../document/analysis.ts';
import type { DocumentState, PipelineDocument } from '../document/document-store.ts';
import { rememberItem } from './palette/recent-items.ts';
import type { PaletteItem } from './palette/palette-item.ts';
import type { Point } from './scene/sizes.ts';
import type { EdgeRef } from './scene/stage-graph.ts';

/** Where a new stage goes. */
export interface Spot {
  /** What it needs. */
  readonly needs?: readonly string[];
  /** What needs it. */
  readonly neededBy?: string;
  /** Instead of this edge: it needs the source, and the target needs it. */
  readonly between?: EdgeRef;
  /** Its place on the canvas; left out: where the layout puts it. */
  readonly at?: Point;
}

/** What came of an edit: `said` tells it in one sentence. */
export type Outcome =
  | { readonly ok: true; readonly said: string; readonly ids: readonly string[] }
  | { readonly ok: false; readonly said: string };

/** The stages of the scope that is in view, in the order of the file. */
export function shownStages({ analysis, scope }: DocumentState): readonly EditorStage[] {
  return analysis?.stages.filter((stage) => stage.scope === scope) ?? [];
}

/** Names that a new stage of the present scope cannot have. */
export function takenIds(state: DocumentState): ReadonlySet<string> {
  const written = Object.keys(mappingOf(stagesOf(state.analysis?.value, state.scope)));
  return new Set([...written, ...shownStages(state).map(({ id }) => id)]);
}

/** Adds a stage and selects it. */
export async function addStage(document: PipelineDocument, item: PaletteItem, spot: Spot): Promise<Outcome> {
  const state = document.getState();
  const { scope } = state;
  const id = freeId(takenIds(state), item.name);
  const { between, needs = [], neededBy, at } = spot;
  const operations: Operation[] = [];
  if (between !== undefined) {
    operations.push({ type: 'insert-between', scope, id, value: item.value, ...between });
  } else {
    const value: YamlValue = needs.length === 0 ? item.value : { needs: [...needs], ...item.value };
    const after = lastOfFamily(state, needs);
    operations.push({ type: 'add-stage', scope, id, value, ...(after === undefined ? {} : { after }) });
  }
  if (neededBy !== undefined) operations.push({ type: 'connect', scope, source: id, target: neededBy });
  const answer = await document.actions.apply(operations, `Add ${id}`);
  if (!answer.ok) return refused(answer);
  rememberItem(item.id);
  if (at !== undefined) document.actions.place({ [id]: at });
  document.actions.select([id], 'canvas');
  return { ok: true, said: `Added ${id}${spotWords(spot)}`, ids: [id] };
}

/** The last in the file of some stages and of those that need them: a new one is written behind its siblings. */
function lastOfFamily(state: DocumentState, needs: readonly string[]): string | undefined {
  const family = shownStages(state).filter(
    (stage) => needs.includes(stage.id) || stage.needs.some((need) => needs.includes(need)),
  );
  return family.findLast(({ id }) => takenInFile(state, id))?.id;
}

const takenInFile = (state: DocumentState, id: string): boolean =>
  Object.hasOwn(stagesOf(state.analysis?.value, state.scope), id);

function spotWords({ between, needs = [], neededBy }: Spot): string {
  if (between !== undefined) return ` between ${between.source} and ${between.target}`;
  if (neededBy !== undefined) return ` before ${neededBy}`;
  return needs.length === 0 ? '' : ` after ${listWords(needs)}`;
}

/** `a`, `a and b`, `a, b and c`; of many the first and how many more. */
export function listWords(ids: readonly string[]): string {
  if (ids.length > 4) return `${ids.slice(0, 2).join(', ')} and ${ids.length - 2} more`;
  const last = ids.at(-1) ?? '';
  return ids.length < 2 ? last : `${ids.slice(0, -1).join(', ')} and ${last}`;
}

const refused = ({ reason }: Extract<EditAnswer, { ok: false }>): Outcome => ({ ok: false, said: reason });

/** Makes operations as one step of undo. @param said what a screen reader says of it */
export async function edit(
  document: PipelineDocument,
  operations: readonly Operation[],
  label: string,
  said: string,
  selected?: readonly string[],
): Promise<Outcome> {
  const answer = await document.actions.apply(operations, label);
  if (!answer.ok) return refused(answer);
  if (selected !== undefined) document.actions.select(selected, 'canvas');
  return { ok: true, said, ids: selected ?? [] };
}

export function connectStages(document: PipelineDocument, { source, target }: EdgeRef): Promise<Outcome> {
  const { scope } = document.getState();
  return edit(
    document,
    [{ type: 'connect', scope, source, target }],
    `Connect ${source} to ${target}`,
    `${target} needs ${source} now`,
  );
}

export function disconnectStages(document: PipelineDocument, { source, target }: EdgeRef): Promise<Outcome> {
  const { scope } = document.getState();
  return edit(
    document,
    [{ type: 'disconnect', scope, source, target }],
    `Disconnect ${source} from ${target}`,
    `${target} no longer needs ${source}`,
  );
}

/** What needed them needs what they needed from then on. */
export function deleteStages(document: PipelineDocument, ids: readonly string[]): Promise<Outcome> {
  const { scope } = document.getState();
  const words = listWords(ids);
  const operation = { type: 'delete-stages', scope, ids, heal: true } as const;
  const next = neighbourOf(shownStages(document.getState()), ids);
  return edit(document, [operation], `Delete ${words}`, `Deleted ${words}`, next === null ? [] : [next]);
}

/** A stage beside those that go, so that work by keyboard goes on where it was. */
function neighbourOf(stages: readonly EditorStage[], ids: readonly string[]): string | null {
  const gone = new Set(ids);
  const needed = stages.filter(({ id }) => gone.has(id)).flatMap(({ needs }) => needs);
  const dependent = stages.find(({ id, needs }) => !gone.has(id) && needs.some((need) => gone.has(need)));
  return needed.find((id) => !gone.has(id)) ?? dependent?.id ?? null;
}

export function duplicateStages(document: PipelineDocument, ids: readonly string[]): Promise<Outcome> {
  const state = document.getState();
  const taken = new Set(takenIds(state));
  const copies: Record<string, string> = {};
  for (const id of ids) {
    copies[id] = freeId(taken, id);
    taken.add(copies[id]);
  }
  const words = listWords(ids);
  const operation = { type: 'duplicate-stages', scope: state.scope, ids: copies } as const;
  return edit(document, [operation], `Duplicate ${words}`, `Duplicated ${words}`, Object.values(copies));
}

export function renameStage(document: PipelineDocument, id: string, to: string): Promise<Outcome> {
  const { scope } = document.getState();
  return edit(
    document,
    [{ type: 'rename-stage', scope, id, to }],
    `Rename ${id} to ${to}`,
    `${id} is called ${to} now`,
    [to],
  );
}

/** The stages become a pipeline of the file, and one stage of the same name that calls it. */
export function extractPipeline(
  document: PipelineDocument,
  ids: readonly string[],
  name: string,
): Promise<Outcome> {
  const operation = { type: 'extract-pipeline', ids, pipeline: name, stage: name } as const;
  const words = `${name} holds ${listWords(ids)} now`;
  return edit(document, [operation], `Extract the pipeline ${name}`, words, [name]);
}

export function extractTemplate(
  document: PipelineDocument,
  ids: readonly string[],
  template: string,
): Promise<Outcome> {
  const { scope } = document.getState();
  const operation = { type: 'extract-template', scope, ids, template } as const;
  const words = `${listWords(ids)} extend ${template} now`;
  return edit(document, [operation], `Extract the template ${template}`, words, ids);
}
