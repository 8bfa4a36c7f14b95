import { formatShortcut } from './shortcuts/shortcut.ts';
import { isMac } from './shortcuts/platform.ts';
import styles from './kbd.module.css';

/** A shortcut (`mod+k`, `r`, `shift+/`) as the keys of this platform. */
export function Kbd({ keys }: { readonly keys: string }) {
  return (
    <kbd className={styles['kbd']}>
      {formatShortcut(keys, isMac).map((key) => (
        <span key={key}>{key}</span>
      ))}
    </kbd>
  );
}
