import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { Bridge } from '#renderer/bridge/bridge.ts';
import { projectIdOf, type ProjectId } from '#shared/lib/ids.ts';
import AnalysisWorker from './analysis.worker.ts?worker';
import { openDocument } from './create-document.ts';
import { createOpenFiles, type FilePlace, type OpenFile } from './create-open-files.ts';
import type { PipelineDocument } from './document-store.ts';
import { createHostFiles } from './host-files.ts';
import { windowTimers } from './timers.ts';
import { createWorkerAnalyser } from './worker-analyser.ts';

const STORED = 'pipewright.open-files';

const analyser = createWorkerAnalyser(() => new AnalysisWorker());

/** The files that this window has open. */
export const openFiles = createOpenFiles(storedPlaces());

openFiles.subscribe(({ files }) => {
  const places = files.map(({ projectId, file }) => ({ projectId, file }));
  localStorage.setItem(STORED, JSON.stringify(places));
});
// A page that is left, and one that a phone or a tab strip puts aside, may get no other chance.
window.addEventListener('pagehide', () => void openFiles.keepDrafts());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') void openFiles.keepDrafts();
});

/** The document of a file, in a tab from now on. @returns rejects with what the host refused */
export function openFile(
  bridge: Pick<Bridge, 'client' | 'connection'>,
  place: FilePlace,
): Promise<PipelineDocument> {
  const { projectId, file } = place;
  return openFiles.open(place, () => {
    // It loads while the file is being read.
    analyser.prepare();
    return openDocument({
      analyser,
      files: createHostFiles(bridge, projectId, file),
      timers: windowTimers,
      key: `${projectId}\n${file}`,
    });
  });
}

/** The tabs of a project, in their order. */
export const useTabs = (projectId: ProjectId): readonly OpenFile[] =>
  useStore(
    openFiles,
    useShallow(({ files }) => files.filter((each) => each.projectId === projectId)),
  );

function storedPlaces(): readonly FilePlace[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORED) ?? '[]');
    return Array.isArray(stored) ? stored.flatMap(placeOf) : [];
  } catch {
    // Somebody else's text under our name: no tabs are no loss.
    return [];
  }
}

function placeOf(value: unknown): FilePlace[] {
  const { projectId, file } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return typeof projectId === 'string' && typeof file === 'string'
    ? [{ projectId: projectIdOf(projectId), file }]
    : [];
}
