import { CopyButton } from '#renderer/ui/copy-button.tsx';
import styles from './artifacts.module.css';

/** A SHA-256 by its beginning; the whole of it on hover and as a copy. */
export function HashText({ sha256 }: { readonly sha256: string }) {
  return (
    <span className={styles['hash']}>
      <code title={sha256}>{sha256.slice(0, 12)}</code>
      <CopyButton text={sha256} label="Copy the whole hash" />
    </span>
  );
}
