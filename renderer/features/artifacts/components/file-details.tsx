import { Download, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { Button } from '#renderer/ui/button.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { SegmentedControl } from '#renderer/ui/segmented-control.tsx';
import { Skeleton } from '#renderer/ui/skeleton.tsx';
import type { Artifact, ArtifactFile } from '#shared/api/schemas.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import { downloadFile } from '../artifact-actions.ts';
import { kindByName, previewBytes } from '../preview-kind.ts';
import { FilePreview } from './file-preview.tsx';
import { HashText } from './hash-text.tsx';
import styles from './artifacts.module.css';

interface FileDetailsProps {
  readonly runId: RunId;
  readonly artifact: Artifact;
  readonly file: ArtifactFile;
}

/** One file: its facts and a look into it. */
export function FileDetails({ runId, artifact, file }: FileDetailsProps) {
  const bridge = useBridge();
  const [isSaving, setIsSaving] = useState(false);
  const [asSource, setAsSource] = useState(false);
  const { path, sizeBytes, sha256 } = file;
  const remote = useRemote(['artifact-file', runId, artifact.name, path], async (signal) => {
    const maxBytes = previewBytes(path);
    const { bytes } = await bridge.client.artifact.read(
      { runId, name: artifact.name, path, maxBytes },
      { signal },
    );
    return new Uint8Array(await bytes.arrayBuffer());
  });
  const save = async (): Promise<void> => {
    setIsSaving(true);
    await downloadFile(bridge, runId, artifact, file);
    setIsSaving(false);
  };
  const kind = kindByName(path);
  return (
    <div className={styles['file']}>
      <header className={styles['fileHeader']}>
        <span className={styles['path']} title={path} data-selectable>
          {path}
        </span>
        <span className={styles['size']}>{formatSize(sizeBytes)}</span>
        <HashText sha256={sha256} />
        <span className={styles['gap']} />
        {kind !== null && kind !== 'image' && (
          <SegmentedControl
            label="Look at it as"
            options={[
              { value: 'shown', label: 'Preview' },
              { value: 'source', label: 'Source' },
            ]}
            value={asSource ? 'source' : 'shown'}
            onValueChange={(value) => setAsSource(value === 'source')}
          />
        )}
        <IconButton
          label="Download"
          icon={<Download size={14} />}
          busy={isSaving}
          onClick={() => void save()}
        />
      </header>
      {remote.status === 'loading' && (
        <div className={styles['loading']} role="status" aria-label="Loading the file">
          {[52, 38, 61, 24, 47].map((width) => (
            <Skeleton key={width} width={`${width}%`} />
          ))}
        </div>
      )}
      {remote.status === 'failed' && (
        <EmptyState
          icon={<TriangleAlert size={20} />}
          title="The file could not be read"
          actions={<Button onClick={remote.reload}>Try again</Button>}
        >
          {remote.failure.message} {remote.failure.hint}
        </EmptyState>
      )}
      {remote.status === 'ready' && (
        <FilePreview path={path} bytes={remote.value} sizeBytes={sizeBytes} asSource={asSource} />
      )}
    </div>
  );
}
