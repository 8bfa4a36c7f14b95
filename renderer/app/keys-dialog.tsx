import { useMemo } from 'react';
import { groupCommands, listCommands, useCommandStore } from '#renderer/ui/commands/command-registry.ts';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { Kbd } from '#renderer/ui/kbd.tsx';
import { showOverlay, useOverlay } from './overlay-store.ts';
import styles from './keys-dialog.module.css';

const EVERYWHERE: readonly { readonly title: string; readonly keys: readonly string[] }[] = [
  { title: 'Search and do anything', keys: ['mod+k'] },
  { title: 'Next and previous row', keys: ['j', 'k'] },
  { title: 'Open the row', keys: ['enter'] },
  { title: 'Close, or leave a field', keys: ['escape'] },
  { title: 'Leave the text of a pipeline', keys: ['escape', 'tab'] },
  { title: 'Next problem in the text', keys: ['f8'] },
];

/** The keys that work now, of the app and of the screen in view. */
export function KeysDialog() {
  const open = useOverlay((state) => state.open === 'keys');
  return (
    <Dialog open={open} onOpenChange={(next) => showOverlay(next ? 'keys' : null)} title="Keys" width={560}>
      <Keys />
    </Dialog>
  );
}

function Keys() {
  const state = useCommandStore();
  const groups = useMemo(() => {
    const bound = listCommands(state).filter(({ shortcut }) => shortcut !== undefined);
    return groupCommands(bound).map(
      ([group, commands]) =>
        [group, commands.map(({ title, shortcut = '' }) => ({ title, keys: [shortcut] }))] as const,
    );
  }, [state]);
  return (
    <div className={styles['groups']}>
      {[...groups, ['Everywhere', EVERYWHERE] as const].map(([group, rows]) => (
        <section key={group} aria-label={group}>
          <h3 className={styles['heading']}>{group}</h3>
          <ul>
            {rows.map(({ title, keys }) => (
              <li key={title} className={styles['row']}>
                {title}
                <span className={styles['keys']}>
                  {keys.map((key) => (
                    <Kbd key={key} keys={key} />
                  ))}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
