import { useState } from 'react';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import type { Failure } from '#renderer/bridge/app-failure.ts';
import type { TemplateOffer } from '#shared/api/template-schemas.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import { freeFileName, newFileName } from '#shared/pipeline/templates/new-file-name.ts';
import { createPipeline } from './create-pipeline.ts';
import { findTemplates } from './find-templates.ts';

const NONE: readonly never[] = [];

/** What is being chosen: a template, and the name of its file. */
export function useTemplateChoice(projectId: ProjectId, onCreated: () => void) {
  const bridge = useBridge();
  const offers = useRemote(['templates', projectId], (signal) =>
    bridge.client.project.templates({ projectId }, { signal }),
  );
  const pipelines = useRemote(['pipelines', projectId], (signal) =>
    bridge.client.project.pipelines({ projectId }, { signal }),
  );
  const [typed, setTyped] = useState('');
  const [wantedId, setWantedId] = useState<string | null>(null);
  const [fileText, setFileText] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isCreating, setIsCreating] = useState(false);

  const found = findTemplates(offers.status === 'ready' ? offers.value : NONE, typed);
  const chosen: TemplateOffer | null = found.find(({ id }) => id === wantedId) ?? found[0] ?? null;
  const taken = pipelines.status === 'ready' ? pipelines.value.map(({ file }) => file) : NONE;
  const shownFile = fileText ?? (chosen === null ? '' : freeFileName(chosen.id, taken));
  const name = newFileName(shownFile, taken);

  const create = async (): Promise<void> => {
    if (chosen === null || !name.ok || isCreating || pipelines.status !== 'ready') return;
    setIsCreating(true);
    const refused = await createPipeline(bridge, projectId, name.file, chosen.text);
    setIsCreating(false);
    setFailure(refused);
    if (refused === null) onCreated();
    // Somebody else has made that file.
    else if (refused.code === 'file-exists') pipelines.reload();
  };

  return {
    offers,
    found,
    chosen,
    typed,
    setTyped,
    choose: setWantedId,
    shownFile,
    setFile: (text: string) => {
      setFailure(null);
      setFileText(text);
    },
    name,
    failure,
    isCreating,
    create,
  };
}

export type TemplateChoice = ReturnType<typeof useTemplateChoice>;
