import { useEffect, useMemo, useState } from 'react';
import { Callout } from '#renderer/ui/callout.tsx';
import { Markdown } from '#renderer/ui/markdown/markdown.tsx';
import { Tree } from '#renderer/ui/tree.tsx';
import { formatSize } from '#shared/lib/sizes.ts';
import { hexRows } from '../hex-rows.ts';
import { jsonTree } from '../json-tree.ts';
import { imageType, isText, kindByName } from '../preview-kind.ts';
import { TextLines } from './text-lines.tsx';
import styles from './artifacts.module.css';

const MOST_HEX_BYTES = 4_096;

interface FilePreviewProps {
  readonly path: string;
  /** The file, or its beginning. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of the whole file. */
  readonly sizeBytes: number;
  /** The text itself, where there is another way to look at it. */
  readonly asSource: boolean;
}

/** A look into a file. Nothing of it runs. */
export function FilePreview(props: FilePreviewProps) {
  const { path, bytes, sizeBytes, asSource } = props;
  const isCut = bytes.byteLength < sizeBytes;
  const text = useMemo(() => (isText(bytes) ? new TextDecoder().decode(bytes) : null), [bytes]);
  const kind = asSource ? null : kindByName(path);
  if (kind === 'image' && !isCut) return <Picture path={path} bytes={bytes} />;
  if (text === null || kind === 'image') return <Bytes bytes={bytes} sizeBytes={sizeBytes} />;
  if (text === '') return <p className={styles['note']}>The file is empty.</p>;
  return (
    <>
      {isCut && (
        <Callout title={`The first ${formatSize(bytes.byteLength)} of ${formatSize(sizeBytes)}`}>
          Download the file to see the rest.
        </Callout>
      )}
      {kind === 'markdown' && (
        <div className={styles['page']} tabIndex={0} role="region" aria-label={path}>
          <Markdown>{text}</Markdown>
        </div>
      )}
      {kind === 'html' && <Page path={path} html={text} />}
      {kind === 'json' && <Json text={text} />}
      {kind === null && <TextLines text={text} />}
    </>
  );
}

function useBlobUrl(bytes: Uint8Array<ArrayBuffer> | string, type: string): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes], { type }));
    // The address exists outside of React and has to be given back; it cannot be made while rendering.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes, type]);
  return url;
}

function Picture({ path, bytes }: Pick<FilePreviewProps, 'path' | 'bytes'>) {
  const url = useBlobUrl(bytes, imageType(path) ?? '');
  return <div className={styles['picture']}>{url !== undefined && <img src={url} alt={path} />}</div>;
}

/** A sandbox without any permission: no scripts, no forms, no origin; and the window's policy holds in it too. */
function Page({ path, html }: { readonly path: string; readonly html: string }) {
  const url = useBlobUrl(html, 'text/html;charset=utf-8');
  return <iframe className={styles['frame']} sandbox="" src={url} title={path} />;
}

function Json({ text }: { readonly text: string }) {
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const nodes = useMemo(() => {
    try {
      return jsonTree(JSON.parse(text));
    } catch {
      // Cut, broken, or JSON with comments: it is still text.
      return null;
    }
  }, [text]);
  if (nodes === null) return <TextLines text={text} />;
  return (
    <div className={styles['json']}>
      <Tree label="JSON" nodes={nodes} selectedId={selectedId} onSelect={({ id }) => setSelectedId(id)} />
    </div>
  );
}

function Bytes({ bytes, sizeBytes }: Pick<FilePreviewProps, 'bytes' | 'sizeBytes'>) {
  const shown = bytes.subarray(0, MOST_HEX_BYTES);
  return (
    <>
      <p className={styles['note']}>
        Not text: {shown.byteLength < sizeBytes ? `the first ${formatSize(shown.byteLength)} of ` : ''}
        {formatSize(sizeBytes)}.
      </p>
      <TextLines text={hexRows(shown)} withNumbers={false} />
    </>
  );
}
