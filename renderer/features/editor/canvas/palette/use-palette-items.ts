import { useMemo } from 'react';
import { mappingOf } from '#shared/pipeline/raw-stages.ts';
import { useDocument } from '../../document/document-context.ts';
import type { DocumentState } from '../../document/document-store.ts';
import { useKinds } from '../../form/use-project.ts';
import { paletteItems, type PaletteItem } from './palette-item.ts';

/** The names of the file's pipelines, without the one in view. */
const selectPipelines = ({ analysis, scope }: DocumentState): readonly string[] =>
  Object.keys(mappingOf(mappingOf(analysis?.value)['pipelines'])).filter((name) => name !== scope);

/** All that can be put on the canvas of the document; without the catalog until it has come. */
export function usePaletteItems(): readonly PaletteItem[] {
  const pipelines = useDocument(selectPipelines);
  const catalog = useKinds();
  return useMemo(() => paletteItems(catalog, pipelines), [catalog, pipelines]);
}
