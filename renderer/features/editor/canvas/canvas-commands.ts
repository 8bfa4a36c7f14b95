import {
  breakpointsOf,
  renameBreakpoint,
  toggleBreakpoints,
  useBreakpoints,
  type BreakpointFile,
} from '#renderer/bridge/breakpoints.ts';
import type { PipelineDocument } from '../document/document-store.ts';
import { canBreak } from './breakpoint-place.ts';
import type { CanvasStore } from './canvas-store.ts';
import type { PaletteItem } from './palette/palette-item.ts';
import { alignStages, distributeStages, type Alignment } from './scene/align-stages.ts';
import { snapPoint, type Point } from './scene/sizes.ts';
import { connectProblem, type EdgeRef } from './scene/stage-graph.ts';
import { copiedText, pasteStages } from './stage-clipboard.ts';
import {
  addStage,
  connectStages,
  deleteStages,
  disconnectStages,
  duplicateStages,
  extractPipeline,
  extractTemplate,
  listWords,
  renameStage,
  type Outcome,
  type Spot,
} from './stage-edits.ts';

/** What a person can do on the canvas; each says what came of it. */
export type CanvasCommands = ReturnType<typeof createCanvasCommands>;

export function createCanvasCommands(
  document: PipelineDocument,
  store: CanvasStore,
  breakpoints: BreakpointFile,
) {
  const { getState: get, setState: set } = store;
  const selected = (): readonly string[] => document.getState().selection.stages;

  function say(text: string, isRefusal = false): void {
    set({ said: { text, isRefusal } });
  }

  async function tell(outcome: Promise<Outcome>): Promise<Outcome> {
    const done = await outcome;
    say(done.said, !done.ok);
    const last = done.ok ? done.ids.at(-1) : undefined;
    if (last !== undefined) reveal(last);
    return done;
  }

  function reveal(id: string): void {
    if (get().scene.places.has(id)) get().camera?.reveal(id);
    else set({ awaited: id });
  }

  function select(ids: readonly string[]): void {
    set({ selectedEdge: null });
    document.actions.select(ids, 'canvas');
  }

  /** Where a popover stands that is about a stage, else in the middle of the canvas. */
  function screenOf(id: string | undefined): Point {
    const { camera, scene } = get();
    const place = id === undefined ? undefined : scene.places.get(id);
    if (camera === null) return { x: 0, y: 0 };
    return camera.toScreen(place === undefined ? camera.middle() : { x: place.x + 208, y: place.y });
  }

  return {
    say,
    select,
    reveal,

    /** Opens the palette; what is picked goes behind the selected stages. */
    openPalette(screen?: Point, spot?: Spot): void {
      const active = selected().at(-1);
      if (screen === undefined && active !== undefined) get().camera?.reveal(active);
      set({ adding: { screen: screen ?? screenOf(active), spot: spot ?? { needs: selected() } } });
    },

    add: (item: PaletteItem, spot: Spot) => tell(addStage(document, item, spot)),

    connect(edge: EdgeRef): Promise<Outcome> {
      const problem = connectProblem(get().graph, edge);
      return tell(
        problem === null ? connectStages(document, edge) : Promise.resolve({ ok: false, said: problem }),
      );
    },

    disconnect(edge: EdgeRef): Promise<Outcome> {
      set({ selectedEdge: null, hoveredEdge: null });
      return tell(disconnectStages(document, edge));
    },

    /** The selected edge, else the selected stages. */
    async remove(): Promise<void> {
      const { selectedEdge } = get();
      if (selectedEdge !== null) await this.disconnect(selectedEdge);
      else if (selected().length > 0) await tell(deleteStages(document, selected()));
    },

    async duplicate(): Promise<void> {
      if (selected().length > 0) await tell(duplicateStages(document, selected()));
    },

    async rename(id: string, to: string): Promise<Outcome> {
      const outcome = await tell(renameStage(document, id, to));
      if (outcome.ok) renameBreakpoint(breakpoints, id, to);
      return outcome;
    },

    /** Of the selected stages unless others are named. */
    toggleBreakpoints(ids = selected()): void {
      const { stages } = get().graph;
      const possible = ids.filter((id) => stages.has(id) && canBreak(stages.get(id)!));
      if (possible.length === 0) {
        say('A run cannot wait there: a breakpoint is for stages of the file that have steps', true);
        return;
      }
      const isSet = toggleBreakpoints(breakpoints, possible);
      const which = listWords(possible);
      say(isSet ? `Runs that you start here wait before ${which}` : `No breakpoint on ${which} any more`);
    },

    haveBreakpoints(ids: readonly string[]): boolean {
      const all = breakpointsOf(useBreakpoints.getState(), breakpoints);
      return ids.every((id) => all.includes(id));
    },

    extractPipeline: (ids: readonly string[], name: string) => tell(extractPipeline(document, ids, name)),
    extractTemplate: (ids: readonly string[], name: string) => tell(extractTemplate(document, ids, name)),

    openRename(id = selected().at(-1)): void {
      if (id === undefined) return;
      reveal(id);
      set({ dialog: { type: 'rename', id } });
    },

    /** The text of the selected stages for the clipboard; null when there is nothing to copy. */
    copy(): string | null {
      const text = copiedText(document, selected());
      if (text !== null) say(`Copied ${listWords(selected())}`);
      return text;
    },

    paste: (text: string) => tell(pasteStages(document, text)),

    selectAll(): void {
      const ids = [...get().graph.stages.keys()];
      select(ids);
      say(`${ids.length} stages selected`);
    },

    undo(): void {
      const label = document.actions.undo();
      say(label === null ? 'There is nothing to undo' : `Undid: ${label}`);
    },

    redo(): void {
      const label = document.actions.redo();
      say(label === null ? 'There is nothing to redo' : `Did again: ${label}`);
    },

    align(alignment: Alignment): void {
      document.actions.place(alignStages(placesOf(selected()), alignment));
      say(`Aligned ${listWords(selected())}`);
    },

    distribute(axis: 'x' | 'y'): void {
      document.actions.place(distributeStages(placesOf(selected()), axis));
      say(`Distributed ${listWords(selected())}`);
    },

    /** Moves the selected stages, by keyboard. */
    nudge(by: Point): void {
      const places = [...placesOf(selected())];
      document.actions.place(
        Object.fromEntries(
          places.map(([id, { x, y }]) => [id, snapPoint({ x: x + by.x, y: y + by.y }, true)]),
        ),
      );
    },

    tidy(): void {
      document.actions.clearPlaces();
      say('All stages are laid out again');
    },

    showScope(scope: string | null): void {
      document.actions.showScope(scope);
      say(scope === null ? 'The stages of the file' : `The stages of ${scope}`);
    },
  };

  function placesOf(ids: readonly string[]): ReadonlyMap<string, Point> {
    const { scene } = get();
    return new Map(
      ids.flatMap((id): [string, Point][] => {
        const place = scene.places.get(id);
        return place === undefined ? [] : [[id, place]];
      }),
    );
  }
}
