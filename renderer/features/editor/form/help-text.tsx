import styles from './form.module.css';

/** One sentence whose words in backquotes are code. */
export function HelpText({ id, text }: { readonly id?: string; readonly text: string }) {
  return (
    <p id={id} className={styles['help']}>
      {text
        .split('`')
        .map((part, index) =>
          index % 2 === 1 ? <code key={index}>{part}</code> : <span key={index}>{part}</span>,
        )}
    </p>
  );
}
