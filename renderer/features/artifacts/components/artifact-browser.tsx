import { PackageOpen, PackageX, TriangleAlert } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { Button } from '#renderer/ui/button.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { Pane, PaneHandle, Panes } from '#renderer/ui/panes.tsx';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import { Tree } from '#renderer/ui/tree.tsx';
import type { Artifact } from '#shared/api/schemas.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { artifactTree } from '../artifact-tree.ts';
import { ArtifactDetails } from './artifact-details.tsx';
import { FileDetails } from './file-details.tsx';

export interface ArtifactBrowserProps {
  readonly runId: RunId;
  /** How many the run has so far; the list is read again when it changes. */
  readonly count: number;
  /** No more will come. */
  readonly isComplete: boolean;
}

/** The artifacts of a run with their files, and a look into each. Fills its parent. */
export function ArtifactBrowser({ runId, count, isComplete }: ArtifactBrowserProps) {
  const { client } = useBridge();
  const remote = useRemote(['artifacts', runId, count], (signal) =>
    client.artifact.list({ runId }, { signal }),
  );
  if (count === 0) {
    return (
      <EmptyState icon={<PackageOpen size={20} />} title={isComplete ? 'No artifacts' : 'No artifacts yet'}>
        A stage keeps files with <code>artifacts: [&#123; name: package, paths: [dist/**] &#125;]</code>.
      </EmptyState>
    );
  }
  if (remote.status === 'loading') return <SkeletonRows />;
  if (remote.status === 'failed') {
    return (
      <EmptyState
        icon={<TriangleAlert size={20} />}
        title="The artifacts could not be listed"
        actions={<Button onClick={remote.reload}>Try again</Button>}
      >
        {remote.failure.message} {remote.failure.hint}
      </EmptyState>
    );
  }
  return <Browser runId={runId} artifacts={remote.value} />;
}

function Browser({ runId, artifacts }: { readonly runId: RunId; readonly artifacts: readonly Artifact[] }) {
  const tree = useMemo(() => artifactTree(artifacts), [artifacts]);
  const nodes = useMemo(
    () =>
      tree.nodes.map((node) =>
        tree.entries.get(node.id)?.artifact.expired === true
          ? { ...node, icon: <PackageX size={14} /> }
          : node,
      ),
    [tree],
  );
  const [chosen, setChosen] = useState<string | null>(null);
  const selectedId = chosen ?? tree.nodes[0]?.id ?? null;
  const entry = selectedId === null ? undefined : tree.entries.get(selectedId);
  return (
    <Panes id="artifacts">
      <Pane id="tree" defaultSize={340} minSize={200} maxSize="60%" fixed>
        <Tree label="Artifacts" nodes={nodes} selectedId={selectedId} onSelect={({ id }) => setChosen(id)} />
      </Pane>
      <PaneHandle label="Resize the list of artifacts" />
      <Pane id="preview" minSize={280}>
        {entry === undefined && <EmptyState title="A folder">Choose a file to look into it.</EmptyState>}
        {entry?.file === null && <ArtifactDetails runId={runId} artifact={entry.artifact} />}
        {entry?.file != null && (
          <FileDetails key={selectedId} runId={runId} artifact={entry.artifact} file={entry.file} />
        )}
      </Pane>
    </Panes>
  );
}
