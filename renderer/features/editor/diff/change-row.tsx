import { MarkIcon } from '#renderer/ui/pipeline-graph/mark-icon.tsx';
import { changeWords } from './change-words.ts';
import type { Change, ChangedField } from './comparison.ts';
import styles from './changes-view.module.css';

/** More are counted: both texts stand beside the list. */
const MOST_FIELDS = 5;

/** One stage, or another part of the file, and what of it has changed. */
export function ChangeRow({ change }: { readonly change: Change }) {
  const { type, title, fields } = change;
  const more = fields.length - MOST_FIELDS;
  return (
    <div className={styles['change']}>
      <div className={styles['head']}>
        <MarkIcon mark={type} size={14} />
        <span className={styles['name']} title={title}>
          {title}
        </span>
        <span className={styles['what']}>{changeWords(change)}</span>
      </div>
      {fields.length > 0 && (
        <ul className={styles['fields']}>
          {fields.slice(0, MOST_FIELDS).map((field) => (
            <li key={`${field.name} ${field.before ?? ''} ${field.after ?? ''}`}>
              <Field {...field} isNamed={field.name !== title} />
            </li>
          ))}
          {more > 0 && <li className={styles['what']}>and {more} more</li>}
        </ul>
      )}
    </div>
  );
}

function Field({ name, before, after, isNamed }: ChangedField & { readonly isNamed: boolean }) {
  return (
    <span className={styles['field']} title={`${name}: ${before ?? 'nothing'} → ${after ?? 'nothing'}`}>
      {isNamed && <code>{name}</code>}
      {before !== null && <del>{before}</del>}
      {after !== null && <ins>{after}</ins>}
    </span>
  );
}
