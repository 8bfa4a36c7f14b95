import { Check, X } from 'lucide-react';
import { useState } from 'react';
import { decideStage } from '#renderer/features/runs/run-actions.ts';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import { useWaitingApprovals } from '#renderer/bridge/waiting-approvals.ts';
import { DecideDialog, type DecisionDraft } from '#renderer/ui/approval/decide-dialog.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { RouteLink } from '#renderer/ui/navigation/route-link.tsx';
import { Popover } from '#renderer/ui/popover.tsx';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import { RunName } from '#renderer/ui/run-facts/run-name.tsx';
import { StatusIcon } from '#renderer/ui/status-icon.tsx';
import type { WaitingApproval } from '#shared/api/schemas.ts';
import { stageIdOf } from '#shared/lib/ids.ts';
import styles from './approvals-inbox.module.css';

interface Deciding {
  readonly waiting: WaitingApproval;
  readonly draft: DecisionDraft;
}

/** In the title bar: how many stages wait for a person, of all runs; a click lists and decides them. Nothing while none does. */
export function ApprovalsInbox() {
  const { client, cache } = useBridge();
  const waiting = useWaitingApprovals() ?? [];
  const [open, setOpen] = useState(false);
  const [deciding, setDeciding] = useState<Deciding | null>(null);
  const choose = (each: WaitingApproval, decision: DecisionDraft['decision']): void => {
    // The dialog takes the focus, which closes what it was opened from.
    setOpen(false);
    setDeciding({ waiting: each, draft: { decision, stage: each.stage, message: each.message } });
  };
  return (
    <>
      {waiting.length > 0 && (
        <Popover
          label="Waiting for approval"
          align="end"
          open={open}
          onOpenChange={setOpen}
          trigger={
            <Button variant="ghost" icon={<StatusIcon status="waiting-approval" size={14} decorative />}>
              {waiting.length} waiting
            </Button>
          }
        >
          <ul className={styles['list']}>
            {waiting.map((each) => (
              <Line
                key={`${each.run.id} ${each.stage}`}
                waiting={each}
                onChoose={(decision) => choose(each, decision)}
                onLeave={() => setOpen(false)}
              />
            ))}
          </ul>
        </Popover>
      )}
      <DecideDialog
        draft={deciding?.draft ?? null}
        onClose={() => setDeciding(null)}
        onDecide={async (decision, comment) => {
          if (deciding === null) return;
          const { run, stage } = deciding.waiting;
          await decideStage(client, { runId: run.id, stage, decision, comment });
          cache.invalidate(['runs', 'waiting']);
        }}
      />
    </>
  );
}

function Line({
  waiting: { run, stage, message, allowed, requestedAt },
  onChoose,
  onLeave,
}: {
  readonly waiting: WaitingApproval;
  readonly onChoose: (decision: DecisionDraft['decision']) => void;
  readonly onLeave: () => void;
}) {
  return (
    <li className={styles['line']}>
      <RouteLink
        to={{ screen: 'run', runId: run.id, stage: stageIdOf(stage) }}
        className={styles['what']}
        onClick={onLeave}
      >
        <span className={styles['message']}>{message}</span>
        <span className={styles['where']}>
          <RunName name={run.name} number={run.number} />
          <span className={styles['faint']}>{stage}</span>
          <span className={styles['time']}>
            <RelativeTime at={Date.parse(requestedAt)} />
          </span>
        </span>
        {allowed.length > 0 && <span className={styles['faint']}>for {allowed.join(', ')}</span>}
      </RouteLink>
      <div className={styles['actions']}>
        <Button size="small" icon={<X size={14} />} onClick={() => onChoose('rejected')}>
          Reject
        </Button>
        <Button
          size="small"
          variant="primary"
          icon={<Check size={14} />}
          onClick={() => onChoose('approved')}
        >
          Approve
        </Button>
      </div>
    </li>
  );
}
