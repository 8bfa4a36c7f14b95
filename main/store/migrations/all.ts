import { first } from './0001-first.ts';
import { cancelRequests } from './0002-cancel-requests.ts';
import { triggers } from './0003-triggers.ts';
import { reuse } from './0004-reuse.ts';
import { approvalRequests } from './0005-approval-requests.ts';
import { stageDurations } from './0006-stage-durations.ts';
import { trust } from './0007-trust.ts';
import { retention } from './0008-retention.ts';
import { missedFirings } from './0009-missed-firings.ts';
import { sshHosts } from './0010-ssh-hosts.ts';
import { reportsInParts } from './0011-reports-in-parts.ts';
import { repository } from './0012-repository.ts';
import { askedRemotes } from './0013-asked-remotes.ts';
import type { Migration } from './migration.ts';

/** In order; appended to, never changed. */
export const MIGRATIONS: readonly Migration[] = [
  first,
  cancelRequests,
  triggers,
  reuse,
  approvalRequests,
  stageDurations,
  trust,
  retention,
  missedFirings,
  sshHosts,
  reportsInParts,
  repository,
  askedRemotes,
];
