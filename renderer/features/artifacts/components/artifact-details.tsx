import { Download, FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Callout } from '#renderer/ui/callout.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { TextLink } from '#renderer/ui/navigation/text-link.tsx';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import type { Artifact } from '#shared/api/schemas.ts';
import { stageIdOf, type RunId } from '#shared/lib/ids.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import { downloadArtifact, revealArtifact } from '../artifact-actions.ts';
import { HashText } from './hash-text.tsx';
import styles from './artifacts.module.css';

const MANY_FILES = 20;

/** An artifact as a whole. */
export function ArtifactDetails({ runId, artifact }: { readonly runId: RunId; readonly artifact: Artifact }) {
  const { name, stage, sizeBytes, sha256, files, expired, expiresAt } = artifact;
  return (
    <div className={styles['details']}>
      <h2 className={styles['title']}>{name}</h2>
      <Facts
        items={[
          {
            label: 'Stage',
            value: <TextLink to={{ screen: 'run', runId, stage: stageIdOf(stage) }}>{stage}</TextLink>,
          },
          ...(expired ? [] : [{ label: 'Files', value: files.length.toLocaleString('en') }]),
          { label: 'Size', value: formatSize(sizeBytes) },
          { label: 'SHA-256', value: <HashText sha256={sha256} /> },
          ...(expiresAt === null
            ? []
            : [
                {
                  label: expired ? 'Expired' : 'Kept until',
                  value: <RelativeTime at={Date.parse(expiresAt)} />,
                },
              ]),
        ]}
      />
      {expired ? (
        <Callout title="This artifact has expired">
          Its <code>retention</code> was over, so its files were removed. Run its stage again to have them; a
          pinned run keeps its artifacts.
        </Callout>
      ) : (
        <ArtifactActions runId={runId} artifact={artifact} />
      )}
    </div>
  );
}

function ArtifactActions({ runId, artifact }: { readonly runId: RunId; readonly artifact: Artifact }) {
  const bridge = useBridge();
  const [busy, setBusy] = useState<'download' | 'reveal' | null>(null);
  const { files } = artifact;
  const work = async (kind: 'download' | 'reveal'): Promise<void> => {
    setBusy(kind);
    await (kind === 'download' ? downloadArtifact : revealArtifact)(bridge, runId, artifact);
    setBusy(null);
  };
  return (
    <div className={styles['actions']}>
      {files.length <= MANY_FILES && (
        <Button
          icon={<Download size={14} />}
          busy={busy === 'download'}
          onClick={() => void work('download')}
        >
          {files.length === 1 ? 'Download' : `Download ${files.length} files`}
        </Button>
      )}
      <Button icon={<FolderOpen size={14} />} busy={busy === 'reveal'} onClick={() => void work('reveal')}>
        {bridge.desktop === undefined ? 'Unpack on this machine' : 'Show in folder'}
      </Button>
    </div>
  );
}
