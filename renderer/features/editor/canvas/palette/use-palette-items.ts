import { useMemo } from 'react';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { mappingOf } from '#shared/pipeline/raw-stages.ts';
import type { CatalogKind } from '#shared/api/procedures/kind.ts';
import { useDocument } from '../../document/document-context.ts';
import type { DocumentState } from '../../document/document-store.ts';
import { paletteItems, type PaletteItem } from './palette-item.ts';

const NONE: readonly CatalogKind[] = [];

/** The names of the file's pipelines, without the one in view. */
const selectPipelines = ({ analysis, scope }: DocumentState): readonly string[] =>
  Object.keys(mappingOf(mappingOf(analysis?.value)['pipelines'])).filter((name) => name !== scope);

/** All that can be put on the canvas of the document; without the catalog until it has come. */
export function usePaletteItems(): readonly PaletteItem[] {
  const { client } = useBridge();
  const kinds = useRemote(['kinds'], (signal) => client.kind.list(undefined, { signal }));
  const pipelines = useDocument(selectPipelines);
  const catalog = kinds.status === 'ready' ? kinds.value : NONE;
  return useMemo(() => paletteItems(catalog, pipelines), [catalog, pipelines]);
}
