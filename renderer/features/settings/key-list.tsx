import { Kbd } from '#renderer/ui/kbd.tsx';
import styles from './settings.module.css';

const KEYS: readonly { readonly does: string; readonly keys: readonly string[] }[] = [
  { does: 'Search and do anything', keys: ['mod+k'] },
  { does: 'Open a folder', keys: ['mod+o'] },
  { does: 'Run the pipeline in view', keys: ['r'] },
  { does: 'Run it with options', keys: ['shift+r'] },
  { does: 'Next and previous row', keys: ['j', 'k'] },
  { does: 'Open the row or stage', keys: ['enter'] },
  { does: 'Search in the list or log', keys: ['/'] },
  { does: 'Graph or the other view', keys: ['g'] },
  { does: 'All keys of the screen in view', keys: ['?'] },
];

/** The keys that are worth knowing first; `?` lists those of each screen. */
export function KeyList() {
  return (
    <ul className={styles['keys']}>
      {KEYS.map(({ does, keys }) => (
        <li key={does} className={styles['key']}>
          {does}
          <span className={styles['keyCaps']}>
            {keys.map((key) => (
              <Kbd key={key} keys={key} />
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}
