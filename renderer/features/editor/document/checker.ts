import type { Text } from '@codemirror/state';
import type { StoreApi } from 'zustand/vanilla';
import type { Analyser } from './analysis-protocol.ts';
import type { Analysis, BrokenText } from './analysis.ts';
import type { DocumentState } from './document-store.ts';
import type { FilePort } from './file-port.ts';
import { postpone, type Timers } from './timers.ts';

/** From a keystroke to the look at the text, where looks are quick. */
const TYPING_PAUSE_MS = 150;
/** Where they take long, typing has to rest for some times as long. */
const REST = { looks: 3, mostMs: 500 } as const;
/** Who goes on typing sees what has become of it nonetheless. */
const WAIT = { looks: 12, mostMs: 2_000 } as const;

/** Keeps `analysis` and `broken` in step with the text. */
export interface Checker {
  /** The text has changed. @param typed a person goes on typing, perhaps: it can wait a moment */
  onChange(typed: boolean): void;
  /** Included files, or the catalog, may have changed. */
  refresh(): Promise<void>;
  stop(): void;
}

export interface CheckerPorts {
  readonly store: StoreApi<DocumentState>;
  readonly analyser: Pick<Analyser, 'analyse'>;
  readonly files: Pick<FilePort, 'file' | 'readIncluded' | 'listKinds'>;
  readonly timers: Timers;
  /** Names the document among those that the analyser knows. */
  readonly key: string;
}

/** What was found in a text. */
interface Look {
  readonly result: Analysis | BrokenText;
  readonly doc: Text;
}

export function createChecker({ store, analyser, files, timers, key }: CheckerPorts): Checker {
  const { getState: get } = store;
  const next = postpone(timers, () => void check());
  let kinds: readonly string[] | null = null;
  let included: Record<string, string | null> = {};
  let isStopped = false;
  /** How long the last look took, from the question to the answer. */
  let lookMs = 0;

  async function check(): Promise<void> {
    const look = await readText().catch((error: unknown) => ({
      result: failed(get(), error),
      doc: get().read,
    }));
    if (look === null || isStopped) return;
    take(look);
  }

  /** @returns null when a newer text is being read */
  async function readText(): Promise<Look | null> {
    kinds ??= await files.listKinds();
    for (;;) {
      const { version, editor } = get();
      const { doc } = editor;
      const text = doc.toString();
      const askedAt = timers.now();
      const answer = await analyser.analyse({ key, version, file: files.file, text, kinds, included });
      if (answer === null) return null;
      lookMs = timers.now() - askedAt;
      if (answer.wanted.length === 0) return { result: answer.result, doc };
      const contents = await Promise.all(answer.wanted.map((path) => files.readIncluded(path)));
      included = {
        ...included,
        ...Object.fromEntries(answer.wanted.map((path, at) => [path, contents[at]!])),
      };
    }
  }

  function take({ result, doc }: Look): void {
    const { analysis, broken, version } = get();
    if (result.version < Math.max(analysis?.version ?? -1, broken?.version ?? -1)) return;
    if ('issue' in result) {
      store.setState({ broken: result });
      return;
    }
    store.setState({
      analysis: result,
      read: doc,
      broken: null,
      ...(result.version === version && stillThere(get(), result)),
    });
  }

  return {
    onChange(typed) {
      if (typed) next.afterRest(pauseOf(lookMs, REST), pauseOf(lookMs, WAIT));
      else next.now();
    },
    async refresh() {
      kinds = null;
      included = {};
      next.cancel();
      await check();
    },
    stop() {
      isStopped = true;
      next.cancel();
    },
  };
}

const pauseOf = (lookMs: number, { looks, mostMs }: typeof REST | typeof WAIT): number =>
  Math.min(Math.max(TYPING_PAUSE_MS, lookMs * looks), mostMs);

/** What is selected and shown, without what is gone. */
function stillThere(
  { selection, scope }: DocumentState,
  { stages, value }: Analysis,
): Partial<Pick<DocumentState, 'selection' | 'scope'>> {
  const pipelines = (value as { readonly pipelines?: unknown }).pipelines;
  const hasScope =
    scope === null ||
    stages.some((stage) => stage.scope === scope) ||
    (typeof pipelines === 'object' && pipelines !== null && Object.hasOwn(pipelines, scope));
  const shown = hasScope ? scope : null;
  const ids = new Set(stages.filter((stage) => stage.scope === shown).map(({ id }) => id));
  const kept = selection.stages.filter((id) => ids.has(id));
  return {
    ...(!hasScope && { scope: null }),
    ...(kept.length !== selection.stages.length && { selection: { ...selection, stages: kept } }),
  };
}

function failed({ version, file }: DocumentState, error: unknown): BrokenText {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `The text could not be checked: ${reason}`;
  const place = { start: 0, end: 0, line: null, column: null, valuePath: [], stage: null, fixes: [] };
  return {
    version,
    issue: { code: 'check-failed', severity: 'error', path: file, message, hint: null, ...place },
  };
}
