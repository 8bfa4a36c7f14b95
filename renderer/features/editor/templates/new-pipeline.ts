import { create } from 'zustand';
import type { ProjectId } from '#shared/lib/ids.ts';

/** The project that a pipeline is being chosen for, while its dialog is open. */
export const useNewPipeline = create<{ readonly projectId: ProjectId | null }>()(() => ({ projectId: null }));

/** Opens the dialog that makes a pipeline from a template. */
export const openNewPipeline = (projectId: ProjectId): void => useNewPipeline.setState({ projectId });

export const closeNewPipeline = (): void => useNewPipeline.setState({ projectId: null });
