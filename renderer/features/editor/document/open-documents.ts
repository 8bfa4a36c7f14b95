import type { Bridge } from '#renderer/bridge/bridge.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import AnalysisWorker from './analysis.worker.ts?worker';
import { openDocument } from './create-document.ts';
import type { PipelineDocument } from './document-store.ts';
import { createHostFiles } from './host-files.ts';
import { windowTimers } from './timers.ts';
import { createWorkerAnalyser } from './worker-analyser.ts';

interface Entry {
  readonly opened: Promise<PipelineDocument>;
  users: number;
}

const analyser = createWorkerAnalyser(() => new AnalysisWorker());
const entries = new Map<string, Entry>();

/**
 * The document of a file, opened if it is not open yet. Once nobody shows it any more it is closed, unless something in
 * it is not saved: then it stays as it is, with its history.
 * @returns `opened` rejects with what the host refused
 */
export function borrowDocument(
  bridge: Pick<Bridge, 'client' | 'connection'>,
  projectId: ProjectId,
  file: string,
): { readonly opened: Promise<PipelineDocument>; readonly release: () => void } {
  const key = `${projectId}\n${file}`;
  const entry = entries.get(key) ?? open();
  entry.users += 1;

  function open(): Entry {
    const files = createHostFiles(bridge, projectId, file);
    const opened = openDocument({ analyser, files, timers: windowTimers, key });
    const created: Entry = { opened, users: 0 };
    entries.set(key, created);
    opened.catch(() => forget(created));
    return created;
  }

  function forget(closed: Entry): void {
    if (entries.get(key) === closed) entries.delete(key);
  }

  return {
    opened: entry.opened,
    release() {
      entry.users -= 1;
      entry.opened.then(
        (document) => {
          if (entry.users > 0 || document.getState().isDirty) return;
          forget(entry);
          void document.close();
        },
        () => undefined,
      );
    },
  };
}
