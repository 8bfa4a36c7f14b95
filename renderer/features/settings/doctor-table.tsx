import { CircleCheck, CircleDashed, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { toneColour, type Tone } from '#renderer/ui/tone.ts';
import styles from './settings.module.css';

export interface CheckedTool {
  readonly name: string;
  /** The heading under which it stands. */
  readonly group: string;
  readonly status: 'ok' | 'partial' | 'missing' | 'outdated';
  readonly version: string | null;
  readonly neededFor: string;
  /** Which one it is, where there may be several. */
  readonly detail: string | null;
  /** How to get it. */
  readonly hint: string | null;
}

const STATUSES: Record<
  CheckedTool['status'],
  { readonly tone: Tone; readonly label: string; readonly icon: ReactNode }
> = {
  ok: { tone: 'succeeded', label: 'Found', icon: <CircleCheck size={16} /> },
  partial: { tone: 'warning', label: 'Works in part', icon: <TriangleAlert size={16} /> },
  outdated: { tone: 'warning', label: 'Too old', icon: <TriangleAlert size={16} /> },
  missing: { tone: 'skipped', label: 'Not found', icon: <CircleDashed size={16} /> },
};

/** What is installed on this machine, what is missing, and how to get it, group by group. */
export function DoctorTable({ tools }: { readonly tools: readonly CheckedTool[] }) {
  const groups = [...new Set(tools.map(({ group }) => group))];
  return groups.map((group) => {
    const members = tools.filter((tool) => tool.group === group);
    const found = members.filter(({ status }) => status !== 'missing').length;
    return (
      <section key={group} aria-label={group}>
        <h3 className={styles['toolGroup']}>
          {group}
          <span className={styles['toolCount']}>
            {found} of {members.length}
          </span>
        </h3>
        <ul>
          {members.map((tool) => (
            <ToolRow key={tool.name} tool={tool} />
          ))}
        </ul>
      </section>
    );
  });
}

function ToolRow({
  tool: { name, status, version, neededFor, detail, hint },
}: {
  readonly tool: CheckedTool;
}) {
  const { tone, label, icon } = STATUSES[status];
  return (
    <li className={styles['tool']}>
      <span className={styles['toolIcon']} style={{ color: toneColour(tone) }} role="img" aria-label={label}>
        {icon}
      </span>
      <span className={styles['toolName']}>{name}</span>
      <span className={styles['toolVersion']} data-selectable>
        {version ?? label.toLowerCase()}
      </span>
      <span className={styles['toolUse']}>
        <WithCode text={neededFor} />
        {detail !== null && (
          <span className={styles['toolHint']} data-selectable>
            <WithCode text={detail} />
          </span>
        )}
        {status !== 'ok' && hint !== null && (
          <span className={styles['toolHint']} data-selectable>
            <WithCode text={hint} />
          </span>
        )}
      </span>
    </li>
  );
}

/** Words in backticks as code. */
function WithCode({ text }: { readonly text: string }) {
  return text.split('`').map((part, index) => (index % 2 === 0 ? part : <code key={index}>{part}</code>));
}
