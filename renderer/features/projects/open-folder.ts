import { create } from 'zustand';
import { toFailure, type Failure } from '#renderer/bridge/app-failure.ts';
import type { Bridge } from '#renderer/bridge/bridge.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import { navigate } from '#renderer/ui/navigation/navigate.ts';
import { showToast } from '#renderer/ui/toast-store.ts';

/** What follows when a folder is open, besides that its screen shows. */
type Opened = (projectId: ProjectId) => void;

/** Whether the folder chooser of the browser is open, and what follows when a folder was chosen in it. */
export const useFolderChooser = create<{ readonly open: boolean; readonly onOpened?: Opened | undefined }>()(
  () => ({ open: false }),
);

/** Lets the person choose a folder (the desktop's own dialog, or ours) and opens it as a project. */
export async function openFolder(bridge: Bridge, onOpened?: Opened): Promise<void> {
  if (bridge.desktop === undefined) {
    useFolderChooser.setState({ open: true, onOpened });
    return;
  }
  const dir = await bridge.desktop.pickFolder('Open a project folder');
  if (dir !== null) await openProjectAt(bridge, dir, onOpened);
}

/** Adds a folder and goes to it; a refusal becomes a toast. */
export async function openProjectAt(bridge: Bridge, dir: string, onOpened?: Opened): Promise<void> {
  const failure = await addProject(bridge, dir, onOpened);
  if (failure === null) return;
  showToast({
    tone: 'failed',
    title: failure.message,
    ...(failure.hint === null ? {} : { body: failure.hint }),
  });
}

/** Adds a folder and goes to it; answers with why it could not, for whoever shows it in place. */
export async function addProject(bridge: Bridge, dir: string, onOpened?: Opened): Promise<Failure | null> {
  try {
    const project = await bridge.client.project.add({ dir });
    bridge.cache.invalidate(['projects']);
    navigate({ screen: 'project', projectId: project.id });
    onOpened?.(project.id);
    return null;
  } catch (error) {
    return toFailure(error);
  }
}
