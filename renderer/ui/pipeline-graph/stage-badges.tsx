import {
  Container,
  Database,
  FileOutput,
  FlaskConical,
  Grid2x2,
  HardDriveDownload,
  KeyRound,
  ListOrdered,
  RefreshCw,
  Server,
  ShieldOff,
  Split,
  Timer,
  UserCheck,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { StageBadge } from './graph-stage.ts';
import styles from './stage-node.module.css';

const BADGES: Record<StageBadge, { readonly icon: ReactNode; readonly label: string }> = {
  container: { icon: <Container size={12} />, label: 'Runs in a container' },
  ssh: { icon: <Server size={12} />, label: 'Runs on a host' },
  services: { icon: <Database size={12} />, label: 'Has services beside it' },
  condition: { icon: <Split size={12} />, label: 'Runs on a condition' },
  matrix: { icon: <Grid2x2 size={12} />, label: 'Runs once for each leg of a matrix' },
  retry: { icon: <RefreshCw size={12} />, label: 'Is tried again when it fails' },
  approval: { icon: <UserCheck size={12} />, label: 'Waits for a person' },
  cache: { icon: <HardDriveDownload size={12} />, label: 'Keeps a cache' },
  secrets: { icon: <KeyRound size={12} />, label: 'Sees secrets' },
  'continue-on-error': { icon: <ShieldOff size={12} />, label: 'Its failure does not fail the run' },
  timeout: { icon: <Timer size={12} />, label: 'Has a time limit' },
  artifacts: { icon: <FileOutput size={12} />, label: 'Keeps artifacts' },
  reports: { icon: <FlaskConical size={12} />, label: 'Reports tests' },
  steps: { icon: <ListOrdered size={12} />, label: 'Has several steps' },
};

/** More would leave no room for the kind. */
const MOST_SHOWN = 4;

/** What a stage has besides its work; what does not fit is a count that names it on hover. */
export function StageBadges({ badges }: { readonly badges: readonly StageBadge[] }) {
  const shown = badges.length > MOST_SHOWN ? badges.slice(0, MOST_SHOWN - 1) : badges;
  const rest = badges.slice(shown.length).map((badge) => BADGES[badge].label);
  return (
    <span className={styles['badges']}>
      {shown.map((badge) => (
        <span key={badge} title={BADGES[badge].label} role="img" aria-label={BADGES[badge].label}>
          {BADGES[badge].icon}
        </span>
      ))}
      {rest.length > 0 && (
        <span title={rest.join('\n')} role="img" aria-label={rest.join(', ')}>
          +{rest.length}
        </span>
      )}
    </span>
  );
}
