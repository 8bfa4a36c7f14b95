import { Facts } from '#renderer/ui/facts.tsx';
import { RouteLink } from '#renderer/ui/navigation/route-link.tsx';
import { statusLabel } from '#renderer/ui/status.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import { progressWords } from '#shared/run/progress.ts';
import { lockWords } from '#shared/run/queue-words.ts';
import type { RunId, StageId } from '#shared/lib/ids.ts';
import { hostWords, resourceWords, serviceWords } from '#shared/pipeline/place-words.ts';
import type { PlannedStage } from '#shared/pipeline/plan.ts';
import type { AttemptState, StageState } from '#shared/run/run-state.ts';
import { useShownStatus } from '../run-context.ts';
import { legWords, outcomeWords, reachedWords, retryWords, skipWords } from '../stage-words.ts';
import { ReuseNote } from './reuse-note.tsx';
import styles from './stage-panel.module.css';

interface StageFactsProps {
  readonly runId: RunId;
  readonly planned: PlannedStage;
  readonly stage: StageState;
  readonly attempt: AttemptState | undefined;
  readonly onSelect: (stage: StageId) => void;
}

const isPlain = (kind: string): boolean => ['run', 'steps', 'matrix', 'approval'].includes(kind);
const listed = (names: readonly string[]): string | null => (names.length === 0 ? null : names.join(', '));

/** What is to be known of a stage in a run, line by line. */
export function StageFacts({ runId, planned, stage, attempt, onSelect }: StageFactsProps) {
  const link = (id: StageId) => (
    <RouteLink
      key={id}
      className={styles['need']}
      to={{ screen: 'run', runId, stage: id }}
      onClick={(event) => {
        event.preventDefault();
        onSelect(id);
      }}
    >
      {id}
    </RouteLink>
  );
  const shown = useShownStatus(planned.id);
  const { leg, matrix, condition, timeoutMs, place, services, resources } = planned;
  const why = stage.reusedFrom === null ? skipWords(stage) : null;
  const showsCondition = condition !== null && stage.reason?.type !== 'condition';
  return (
    <Facts
      items={[
        {
          label: 'Status',
          value: (
            <StatusWords
              words={attempt?.paused === undefined ? statusLabel(shown ?? stage.status) : 'Paused'}
              attempt={attempt}
            />
          ),
        },
        {
          label: 'Waits for',
          value: stage.queuedFor?.type === 'locks' ? lockWords(stage.queuedFor) : null,
        },
        { label: 'Got to', value: attempt === undefined ? null : reachedWords(attempt, planned) },
        { label: 'Ended with', value: attempt === undefined ? null : outcomeWords(attempt) },
        { label: 'Why', value: why && <WithCode text={why} /> },
        {
          label: 'Reused from',
          value: stage.reusedFrom && <ReuseNote from={stage.reusedFrom} stage={planned.id} />,
        },
        { label: 'Runs in', value: place?.type === 'container' ? place.container.image : null },
        { label: 'Runs on', value: hostWords(place, stage.host) },
        { label: 'Services', value: serviceWords(services) },
        { label: 'May use', value: resourceWords(resources) },
        { label: 'Kind', value: isPlain(planned.kind) ? null : planned.kind },
        { label: 'Matrix', value: leg && legWords(leg.values) },
        { label: 'Leg of', value: leg && link(leg.of) },
        // The legs of a matrix stand in a list of their own.
        {
          label: 'Needs',
          value: planned.needs.length === 0 || matrix?.legs ? null : planned.needs.map(link),
        },
        { label: 'Runs if', value: showsCondition && <code>{condition}</code> },
        { label: 'Limit', value: timeoutMs === null ? null : formatDuration(timeoutMs) },
        { label: 'Is tried', value: retryWords(planned.retry) },
        { label: 'Locks', value: listed(planned.locks) },
        { label: 'Secrets', value: listed(planned.secrets) },
        { label: 'Environment', value: planned.environment },
        {
          label: 'On failure',
          value: planned.continueOnError ? 'the run goes on and may succeed' : null,
        },
      ].map(({ label, value }) => ({ label, value: value === false ? null : value }))}
    />
  );
}

/** The status, and how far an attempt is that runs. In one line, since it changes while one reads. */
function StatusWords({
  words,
  attempt,
}: {
  readonly words: string;
  readonly attempt: AttemptState | undefined;
}) {
  if (attempt?.progress === undefined || attempt.outcome !== null) return words;
  const all = `${words}, ${progressWords(attempt.progress)}`;
  return (
    <span className={styles['oneLine']} title={all}>
      {all}
    </span>
  );
}

/** Words in backticks as code. */
function WithCode({ text }: { readonly text: string }) {
  return text.split('`').map((part, index) => (index % 2 === 0 ? part : <code key={index}>{part}</code>));
}
