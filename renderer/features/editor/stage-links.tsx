import styles from './pipeline-body.module.css';

export interface StageLinksProps {
  readonly ids: readonly string[];
  readonly onSelect: (id: string) => void;
  /** Said of an empty list. */
  readonly none: string;
}

/** Stages that can be gone to. */
export function StageLinks({ ids, onSelect, none }: StageLinksProps) {
  if (ids.length === 0) return <span className={styles['quiet']}>{none}</span>;
  return (
    <span className={styles['links']}>
      {ids.map((id) => (
        <button key={id} type="button" className={styles['link']} onClick={() => onSelect(id)}>
          {id}
        </button>
      ))}
    </span>
  );
}
