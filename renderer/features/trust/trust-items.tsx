import type { TrustItem } from '#shared/pipeline/trust-facts.ts';
import { itemWords } from './item-words.ts';
import styles from './trust.module.css';

/** The triggers and privileged options of a pipeline, highlighted. */
export function TrustItems({ items }: { readonly items: readonly TrustItem[] }) {
  return (
    <section aria-label="Triggers and rights">
      <h3 className={styles['heading']}>Triggers and rights</h3>
      {items.length === 0 ? (
        <p className={styles['quiet']}>
          Starts only when you run it. Works on a copy of the project, without secrets.
        </p>
      ) : (
        <ul className={styles['items']}>
          {items.map((item) => (
            <Item key={`${item.kind} ${item.text}`} item={item} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Item({ item }: { readonly item: TrustItem }) {
  const { icon: Icon, label, text } = itemWords(item);
  return (
    <li className={styles['item']}>
      <Icon size={14} className={styles['itemIcon']} />
      <span className={styles['itemLabel']}>{label}</span>
      <code className={styles['itemText']}>{text}</code>
    </li>
  );
}
