import { KindIcon } from './kind-icon.tsx';
import type { PaletteItem } from './palette-item.ts';
import styles from './palette.module.css';

/** What a line of the palette shows. */
export function PaletteRow({ item }: { readonly item: PaletteItem }) {
  return (
    <>
      <span className={styles['rowIcon']}>
        <KindIcon kind={item.id} size={14} />
      </span>
      <span className={styles['rowTitle']}>{item.title}</span>
    </>
  );
}
