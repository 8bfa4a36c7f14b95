import styles from './delta.module.css';

export interface DeltaProps {
  /** `+1.2 MB`, `−0.4`: the sign says which way, so that the colour only helps. */
  readonly words: string;
  readonly way: 'better' | 'worse' | 'neither';
}

/** By how much a figure changed; as large as the text around it. */
export function Delta({ words, way }: DeltaProps) {
  return (
    <span className={styles['delta']} data-way={way}>
      {words}
    </span>
  );
}
