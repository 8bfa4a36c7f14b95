import type { ReactNode } from 'react';
import { Delta } from '#renderer/ui/delta.tsx';
import { Section } from '#renderer/ui/section.tsx';
import styles from './compare.module.css';

/** A line of a comparison. */
export interface ChangeLine {
  readonly key: string;
  readonly name: ReactNode;
  readonly before: ReactNode;
  readonly after: ReactNode;
  /** `+12s`. */
  readonly delta?: string;
  readonly way?: 'better' | 'worse' | 'neither';
}

interface ChangeTableProps {
  readonly title: string;
  readonly lines: readonly ChangeLine[];
  /** Names the first column. */
  readonly what: string;
}

/** What was and what is, line by line; nothing at all where there is no line. */
export function ChangeTable({ title, lines, what }: ChangeTableProps) {
  if (lines.length === 0) return null;
  return (
    <div className={styles['part']}>
      <Section title={title} count={lines.length}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{what}</th>
              <th scope="col">Before</th>
              <th scope="col">After</th>
              <th scope="col">Change</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ key, name, before, after, delta = '', way = 'neither' }) => (
              <tr key={key}>
                <th scope="row">{name}</th>
                <td>{before ?? <span className={styles['none']}>—</span>}</td>
                <td>{after ?? <span className={styles['none']}>—</span>}</td>
                <td>
                  <Delta words={delta} way={way} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
    </div>
  );
}
