import type { Store } from '#main/store/open-store.ts';
import type { IgnoredFinding } from '#shared/api/report-schemas.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import { identitiesOf } from '../runs/identity.ts';

/**
 * Lets a finding of a project not count, in the name of whoever uses this machine.
 * @param now epoch milliseconds
 * @throws AppError `project-not-found`; `usage` for a date that is over
 */
export async function ignoreFinding(
  store: Pick<Store, 'ignoredFindings' | 'projects'>,
  projectId: ProjectId,
  wish: Pick<IgnoredFinding, 'fingerprint' | 'reason' | 'until'>,
  now: number,
): Promise<IgnoredFinding> {
  if (wish.until !== null && Date.parse(wish.until) <= now) {
    throw new AppError('usage', 'A finding cannot be ignored until a moment that is over.', {
      hint: 'Choose a later date, or none.',
    });
  }
  const { dir } = store.projects.get(projectId);
  const [by] = await identitiesOf(dir);
  const { fingerprint, reason, until } = wish;
  const ignored = { fingerprint, reason, until, by, at: new Date(now).toISOString() };
  store.ignoredFindings.set(projectId, ignored);
  return ignored;
}
