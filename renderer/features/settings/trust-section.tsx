import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { Button } from '#renderer/ui/button.tsx';
import { FailureState } from '#renderer/ui/failure-state.tsx';
import { RouteLink } from '#renderer/ui/navigation/route-link.tsx';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import { showToast } from '#renderer/ui/toast-store.ts';
import type { TrustGrant, TrustWay } from '#shared/api/trust-schemas.ts';
import { Group, Line } from './group.tsx';
import styles from './settings.module.css';

const WAYS: Readonly<Record<TrustWay, string>> = {
  asked: 'accepted when asked',
  '--trust': 'accepted by --trust',
  'hooks-installed': 'accepted with its Git hooks',
  'made-here': 'made by Pipewright',
};

/** The pipeline files that run without being asked about, and a way to take that back. */
export function TrustSection() {
  const { client, cache } = useBridge();
  const grants = useRemote(['trust', 'list'], (signal) => client.trust.list({}, { signal }));
  const projects = useRemote(['projects', 'list'], (signal) => client.project.list(undefined, { signal }));
  const nameOf = (id: string): string =>
    (projects.status === 'ready' ? projects.value.find((project) => project.id === id)?.name : undefined) ??
    'a project off the list';

  const revoke = async ({ projectId, file }: TrustGrant): Promise<void> => {
    await client.trust.revoke({ projectId, file });
    cache.invalidate(['trust']);
    showToast({
      title: `${file} is no longer trusted`,
      body: 'Its next run asks; its triggers start nothing.',
    });
  };

  return (
    <Group
      title="Trusted pipelines"
      hint="They run without a question, until their triggers or what they may do changes. All others ask first."
    >
      {grants.status === 'loading' && <SkeletonRows count={3} />}
      {grants.status === 'failed' && <FailureState failure={grants.failure} onRetry={grants.reload} />}
      {grants.status === 'ready' && grants.value.length === 0 && (
        <p className={styles['empty']}>
          Nothing is trusted yet. The first run of a pipeline shows what it would execute, and asks.
        </p>
      )}
      {grants.status === 'ready' &&
        grants.value.map((grant) => (
          <Line
            key={`${grant.projectId} ${grant.file}`}
            label={grant.file}
            hint={
              <>
                {nameOf(grant.projectId)}, {WAYS[grant.how]} <RelativeTime at={Date.parse(grant.at)} />
              </>
            }
          >
            <RouteLink
              className={styles['link']}
              to={{ screen: 'pipeline', projectId: grant.projectId, file: grant.file }}
            >
              Open
            </RouteLink>
            <Button
              size="small"
              onClick={() => void revoke(grant)}
              aria-label={`Revoke trust in ${grant.file}`}
            >
              Revoke
            </Button>
          </Line>
        ))}
    </Group>
  );
}
