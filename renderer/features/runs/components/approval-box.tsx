import { Check, X } from 'lucide-react';
import { useState } from 'react';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import { DecideDialog, type DecisionDraft } from '#renderer/ui/approval/decide-dialog.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Countdown } from '#renderer/ui/countdown.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import { StatusIcon } from '#renderer/ui/status-icon.tsx';
import type { RunId } from '#shared/lib/ids.ts';
import type { PlannedApproval } from '#shared/pipeline/plan.ts';
import type { ApprovalState, StageState } from '#shared/run/run-state.ts';
import { isFinalRunStatus } from '#shared/run/status.ts';
import { useRunView } from '../run-context.ts';
import { decideStage } from '../run-actions.ts';
import { decisionWords } from '../stage-words.ts';
import styles from './approval-box.module.css';

interface ApprovalBoxProps {
  readonly runId: RunId;
  readonly name: string;
  readonly stage: StageState;
  readonly planned: PlannedApproval;
}

/** What a stage asks of people: to decide while it waits, and afterwards who decided what. */
export function ApprovalBox({ runId, name, stage, planned }: ApprovalBoxProps) {
  const { approval } = stage;
  const isLive = useRunView(({ run }) => run !== null && !isFinalRunStatus(run.status));
  if (approval === null) {
    return <Facts items={[{ label: 'Will ask', value: planned.message }, allowedFact(planned.allowed)]} />;
  }
  const isWaiting = isLive && stage.status === 'waiting-approval' && approval.decision === null;
  return (
    <section className={styles['box']} data-waiting={isWaiting || undefined} aria-label="Approval">
      <p className={styles['message']} data-selectable>
        {approval.message}
      </p>
      {isWaiting ? (
        <Waiting runId={runId} name={name} stage={stage} approval={approval} onTimeout={planned.onTimeout} />
      ) : (
        <Decided approval={approval} />
      )}
    </section>
  );
}

const allowedFact = (allowed: readonly string[]) => ({
  label: 'May decide',
  value: allowed.length === 0 ? 'anyone' : allowed.join(', '),
});

function Waiting(props: {
  readonly runId: RunId;
  readonly name: string;
  readonly stage: StageState;
  readonly approval: ApprovalState;
  readonly onTimeout: PlannedApproval['onTimeout'];
}) {
  const { runId, name, stage, approval, onTimeout } = props;
  const { client } = useBridge();
  const [draft, setDraft] = useState<DecisionDraft | null>(null);
  const choose = (decision: DecisionDraft['decision']): void =>
    setDraft({ decision, stage: name, message: approval.message });
  return (
    <>
      <Facts
        items={[
          { label: 'Asked', value: <RelativeTime at={Date.parse(approval.requestedAt)} /> },
          allowedFact(approval.allowed),
          {
            label: onTimeout === 'approve' ? 'Approved in' : 'Rejected in',
            value: approval.expiresAt === null ? null : <Countdown until={Date.parse(approval.expiresAt)} />,
          },
        ]}
      />
      <div className={styles['actions']}>
        <Button variant="primary" icon={<Check size={14} />} onClick={() => choose('approved')}>
          Approve
        </Button>
        <Button icon={<X size={14} />} onClick={() => choose('rejected')}>
          Reject
        </Button>
      </div>
      <DecideDialog
        draft={draft}
        onClose={() => setDraft(null)}
        onDecide={(decision, comment) => decideStage(client, { runId, stage: stage.id, decision, comment })}
      />
    </>
  );
}

function Decided({ approval }: { readonly approval: ApprovalState }) {
  const words = decisionWords(approval);
  if (words === null) {
    return (
      <p className={styles['quiet']}>
        Nobody decided before the run ended. A run that is resumed asks again.
      </p>
    );
  }
  return (
    <>
      <p className={styles['decided']}>
        <StatusIcon status={approval.decision === 'approved' ? 'succeeded' : 'failed'} size={14} decorative />
        {words}
        {approval.decidedAt !== null && (
          <span className={styles['quiet']}>
            <RelativeTime at={Date.parse(approval.decidedAt)} />
          </span>
        )}
      </p>
      {approval.comment !== null && (
        <blockquote className={styles['comment']} data-selectable>
          {approval.comment}
        </blockquote>
      )}
    </>
  );
}
