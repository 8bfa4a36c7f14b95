import type { ReactNode } from 'react';
import { statusLabel, statusTone, type Status } from './status.ts';
import { toneColour } from './tone.ts';
import styles from './status-icon.module.css';

const ring = <circle cx="8" cy="8" r="6.25" stroke="currentColor" strokeWidth="1.5" />;
const disc = <circle cx="8" cy="8" r="7" fill="currentColor" />;
const onDisc = {
  stroke: 'var(--surface-page)',
  strokeWidth: 1.75,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;
const line = {
  stroke: 'currentColor',
  strokeWidth: 1.5,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

/** What ended is a solid disc (or octagon, triangle) with a sign, what lies ahead an outline, what goes on moves. */
const SHAPES: Record<Status, ReactNode> = {
  pending: <circle cx="8" cy="8" r="6.25" stroke="currentColor" strokeWidth="1.5" strokeDasharray="2 2.4" />,
  ready: ring,
  queued: (
    <>
      {ring}
      <path d="M5.25 8h.01M8 8h.01M10.75 8h.01" {...line} strokeWidth={1.75} />
    </>
  ),
  running: (
    <>
      <circle cx="8" cy="8" r="6.25" stroke="currentColor" strokeOpacity="0.28" strokeWidth="1.5" />
      <path className={styles['arc']} d="M8 1.75A6.25 6.25 0 0 1 14.25 8" {...line} strokeWidth={1.75} />
      <circle cx="8" cy="8" r="2.5" fill="currentColor" />
    </>
  ),
  'waiting-approval': (
    <>
      {ring}
      <path d="M6.25 5.5v5M9.75 5.5v5" {...line} strokeWidth={1.75} />
    </>
  ),
  succeeded: (
    <>
      {disc}
      <path d="m5 8.2 2.1 2.1L11.1 6" {...onDisc} />
    </>
  ),
  failed: (
    <>
      {disc}
      <path d="m5.6 5.6 4.8 4.8m0-4.8-4.8 4.8" {...onDisc} />
    </>
  ),
  'timed-out': (
    <>
      {disc}
      <path d="M8 4.5V8l2.4 1.6" {...onDisc} />
    </>
  ),
  cancelled: (
    <>
      {ring}
      <rect x="5.5" y="5.5" width="5" height="5" rx="1" fill="currentColor" />
    </>
  ),
  skipped: (
    <>
      {ring}
      <path d="M4 12 12 4" {...line} />
    </>
  ),
  'infra-error': (
    <>
      <path
        d="M7.13 1.95a1 1 0 0 1 1.74 0l6.1 10.85a1 1 0 0 1-.87 1.5H1.9a1 1 0 0 1-.87-1.5z"
        fill="currentColor"
      />
      <path d="M8 6v3.4M8 11.8h.01" {...onDisc} />
    </>
  ),
  interrupted: (
    <>
      <path d="M5.2 1.75h5.6l3.45 3.45v5.6l-3.45 3.45H5.2L1.75 10.8V5.2z" {...line} />
      <path d="M8.7 4.6 6.6 8.2h2.8l-2.1 3.2" {...line} />
    </>
  ),
};

export interface StatusIconProps {
  readonly status: Status;
  /** Pixels; default 16. */
  readonly size?: number;
  /** The words stand beside it: hides the icon from screen readers. */
  readonly decorative?: boolean;
}

/** A status by shape and colour. */
export function StatusIcon({ status, size = 16, decorative = false }: StatusIconProps) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      style={{ color: toneColour(statusTone(status)) }}
      role={decorative ? undefined : 'img'}
      aria-label={decorative ? undefined : statusLabel(status)}
      aria-hidden={decorative || undefined}
      data-status={status}
    >
      {SHAPES[status]}
    </svg>
  );
}
