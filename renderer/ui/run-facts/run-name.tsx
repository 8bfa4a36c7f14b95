import styles from './run-facts.module.css';

/** How people call a run: `Release #128`. */
export function RunName({ name, number }: { readonly name: string; readonly number: number }) {
  return (
    <span className={styles['name']}>
      <span className={styles['words']}>{name}</span>
      <span className={styles['number']}>#{number}</span>
    </span>
  );
}
