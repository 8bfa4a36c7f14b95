import { Badge } from '#renderer/ui/badge.tsx';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import type { TrustView } from '#shared/api/trust-schemas.ts';
import type { TrustItem } from '#shared/pipeline/trust-facts.ts';
import type { TrustChange } from '#shared/pipeline/trust-facts-changes.ts';
import { itemWords } from './item-words.ts';
import styles from './trust.module.css';

type Change = TrustChange['change'];

const WORDS: Readonly<Record<Change, string>> = { added: 'new', removed: 'gone' };

/** The triggers and privileged options of a pipeline, highlighted; what has changed since it was trusted comes first. */
export function TrustItems({ view }: { readonly view: TrustView }) {
  const { items, changes, accepted, status } = view;
  const changed = new Set(changes.map(({ item }) => keyOf(item)));
  const same = items.filter((item) => !changed.has(keyOf(item)));
  return (
    <section aria-label="Triggers and rights">
      <h3 className={styles['heading']}>
        Triggers and rights
        {status === 'changed' && accepted !== null && (
          <>
            , changed since they were trusted <RelativeTime at={Date.parse(accepted.at)} />
          </>
        )}
      </h3>
      {items.length + changes.length === 0 ? (
        <p className={styles['quiet']}>
          Starts only when you run it. Works on a copy of the project, without secrets.
        </p>
      ) : (
        <ul className={styles['items']}>
          {changes.map(({ change, item }) => (
            <Item key={`${change} ${keyOf(item)}`} item={item} change={change} />
          ))}
          {same.map((item) => (
            <Item key={keyOf(item)} item={item} change={null} />
          ))}
        </ul>
      )}
    </section>
  );
}

const keyOf = ({ kind, text }: TrustItem): string => `${kind} ${text}`;

function Item({ item, change }: { readonly item: TrustItem; readonly change: Change | null }) {
  const { icon: Icon, label, text } = itemWords(item);
  return (
    <li className={styles['item']} data-change={change ?? undefined}>
      <Icon size={14} className={styles['itemIcon']} />
      <span className={styles['itemLabel']}>{label}</span>
      <code className={styles['itemText']}>{text}</code>
      {change !== null && <Badge tone={change === 'added' ? 'accent' : 'neutral'}>{WORDS[change]}</Badge>}
    </li>
  );
}
