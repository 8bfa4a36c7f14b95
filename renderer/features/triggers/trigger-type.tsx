import {
  CalendarClock,
  FilePenLine,
  GitCommitHorizontal,
  GitPullRequest,
  type LucideIcon,
  RefreshCw,
  Upload,
  Webhook,
  CloudDownload,
} from 'lucide-react';
import type { TriggerType as Type } from '#shared/api/trigger-schemas.ts';
import { triggerWords } from './trigger-words.ts';
import styles from './triggers.module.css';

const ICONS: Readonly<Record<Type, LucideIcon>> = {
  schedule: CalendarClock,
  watch: FilePenLine,
  push: CloudDownload,
  poll: RefreshCw,
  'pull-request': GitPullRequest,
  webhook: Webhook,
  'pre-commit': GitCommitHorizontal,
  'pre-push': Upload,
};

/** What kind of trigger it is, with a sign of its own. */
export function TriggerType({ type }: { readonly type: Type }) {
  const Icon = ICONS[type];
  return (
    <span className={styles['type']}>
      <Icon size={14} className={styles['sign']} />
      <span className={styles['cut']}>{triggerWords(type)}</span>
    </span>
  );
}
