import { classNames } from './class-names.ts';
import { CopyButton } from './copy-button.tsx';
import styles from './code-text.module.css';

export interface CodeTextProps {
  readonly children: string;
  /** One line, cut with an ellipsis; the whole text is the tooltip. */
  readonly truncate?: boolean;
}

/** A path, a command, a hash within a line. */
export function CodeText({ children, truncate = false }: CodeTextProps) {
  return (
    <code
      className={classNames(styles['inline'], truncate && styles['truncate'])}
      title={truncate ? children : undefined}
    >
      {children}
    </code>
  );
}

export interface CodeBlockProps {
  readonly children: string;
  /** Breaks long lines instead of scrolling. */
  readonly wrap?: boolean;
  /** CSS length; scrolls beyond. */
  readonly maxHeight?: string | number;
}

/** Several lines of code or output with a button that copies them. */
export function CodeBlock({ children, wrap = false, maxHeight }: CodeBlockProps) {
  return (
    <div className={styles['block']}>
      <pre
        className={classNames(styles['pre'], wrap && styles['wrap'])}
        style={{ maxHeight }}
        tabIndex={0}
        role="region"
        aria-label="Code"
      >
        {children}
      </pre>
      <div className={styles['copy']}>
        <CopyButton text={children} />
      </div>
    </div>
  );
}
