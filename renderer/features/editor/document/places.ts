import type { StoreApi } from 'zustand/vanilla';
import type { StagePlaces } from '#shared/api/layout-schemas.ts';
import type { Operation } from '#shared/pipeline/edits/operation.ts';
import type { DocumentActions, DocumentState } from './document-store.ts';
import type { FilePort } from './file-port.ts';
import { postpone, type Timers } from './timers.ts';

const PAUSE_MS = 400;

/** Where people put stages; kept beside the file, never in it. */
export interface Places extends Pick<DocumentActions, 'place' | 'clearPlaces'> {
  /** Stages that get another name keep their places. */
  follow(operations: readonly Operation[]): void;
  /** Writes what is not written yet. */
  flush(): Promise<void>;
}

export interface PlacesPorts {
  readonly store: StoreApi<DocumentState>;
  readonly files: Pick<FilePort, 'writePlaces'>;
  readonly timers: Timers;
}

const keyOf = (scope: string | null): string => scope ?? '';

export function createPlaces({ store, files, timers }: PlacesPorts): Places {
  const { getState: get } = store;
  let isWritten = true;
  let writing: Promise<void> = Promise.resolve();
  const next = postpone(timers, write);

  function write(): void {
    if (isWritten) return;
    isWritten = true;
    const places = withoutGone(get());
    // Places are a comfort: where they cannot be kept, the layout shows the stages all the same.
    writing = writing.then(() => files.writePlaces(places)).catch(() => undefined);
  }

  function set(scope: string | null, places: StagePlaces[string]): void {
    store.setState({ places: { ...get().places, [keyOf(scope)]: places } });
    isWritten = false;
    next.soon(PAUSE_MS);
  }

  return {
    place(changes) {
      const { scope, places } = get();
      const merged = { ...places[keyOf(scope)] };
      for (const [id, point] of Object.entries(changes)) {
        if (point === null) Reflect.deleteProperty(merged, id);
        else merged[id] = { x: Math.round(point.x), y: Math.round(point.y) };
      }
      set(scope, merged);
    },
    clearPlaces: () => set(get().scope, {}),
    follow(operations) {
      for (const operation of operations) {
        if (operation.type !== 'rename-stage') continue;
        const places = get().places[keyOf(operation.scope)];
        const point = places?.[operation.id];
        // The old name keeps its place too: undo may bring it back.
        if (point !== undefined) set(operation.scope, { ...places, [operation.to]: point });
      }
    },
    async flush() {
      next.now();
      await writing;
    },
  };
}

function withoutGone({ places, analysis, version }: DocumentState): StagePlaces {
  const isKnown = analysis !== null && analysis.version === version;
  const there = new Set(analysis?.stages.map(({ scope, id }) => `${keyOf(scope)}\n${id}`));
  const kept = Object.entries(places).map(([scope, points]): [string, StagePlaces[string]] => [
    scope,
    Object.fromEntries(Object.entries(points).filter(([id]) => !isKnown || there.has(`${scope}\n${id}`))),
  ]);
  return Object.fromEntries(kept.filter(([, points]) => Object.keys(points).length > 0));
}
