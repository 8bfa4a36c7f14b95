import { useNow } from '#renderer/ui/clock.ts';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { mappingOf } from '#shared/pipeline/raw-stages.ts';
import { type ValuePath, valueAt } from '#shared/pipeline/source-map.ts';
import { useDocument } from '../../document/document-context.ts';
import type { DocumentState } from '../../document/document-store.ts';
import { useSettled } from '../../simulate/use-settled.ts';
import { comingTimes } from './coming-times.ts';
import styles from './controls.module.css';

const PAUSE_MS = 300;
const MINUTE_MS = 60_000;
/** More than are shown: some go by while one looks. */
const ASKED = 8;

const selectRoot = ({ analysis }: DocumentState): { readonly root: unknown } => ({ root: analysis?.value });

export interface CronTimesProps {
  /** A cron expression, perhaps unfinished. */
  readonly text: string;
  /** Of its value. */
  readonly path: ValuePath;
}

/** When a cron expression fires next, in words. */
export function CronTimes({ text, path }: CronTimesProps) {
  const { client } = useBridge();
  const { root } = useDocument(selectRoot);
  const now = useNow(MINUTE_MS);
  const cron = useSettled(text.trim(), PAUSE_MS);
  const { timezone } = mappingOf(path.at(-1) === 'cron' ? valueAt(root, path.slice(0, -1)) : null);
  const zone = typeof timezone === 'string' && timezone !== '' ? timezone : undefined;
  const answer = useRemote(cron === '' ? null : ['cron', cron, zone ?? ''], (signal) =>
    client.trigger.nextTimes({ cron, timezone: zone, count: ASKED }, { signal }),
  );
  if (answer.status !== 'ready') return null;
  const { times, problem } = answer.value;
  if (problem !== null) {
    return (
      <p className={styles['quiet']} role="status">
        {problem}
      </p>
    );
  }
  const words = comingTimes(
    times.map((time) => Date.parse(time)),
    now,
  );
  return (
    <p className={styles['quiet']}>
      {words.length === 0
        ? 'There is no such time.'
        : `Next${zone === undefined ? '' : ', in your time'}: ${words.join(' · ')}`}
    </p>
  );
}
