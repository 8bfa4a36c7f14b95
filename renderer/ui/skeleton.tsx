import styles from './skeleton.module.css';

export interface SkeletonProps {
  /** CSS lengths, those of what will come. */
  readonly width?: string | number;
  readonly height?: string | number;
}

/** Holds the place of what loads, at its final size. */
export function Skeleton({ width = '100%', height = 12 }: SkeletonProps) {
  return <span className={styles['skeleton']} style={{ width, height }} aria-hidden />;
}

/** Rows of a list that loads. */
export function SkeletonRows({ count = 8 }: { readonly count?: number }) {
  return (
    <div role="status" aria-label="Loading">
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={styles['row']}>
          <Skeleton width={16} height={16} />
          <Skeleton width={`${22 + ((index * 17) % 26)}%`} />
          <span className={styles['gap']} />
          <Skeleton width={64} />
        </div>
      ))}
    </div>
  );
}
