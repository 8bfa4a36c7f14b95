import type { Triggers } from '#main/triggers/create-triggers.ts';
import { scopesOf } from '#main/secrets/scope.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import type { Host } from './create-host.ts';
import { createHostNotifier } from './notifier.ts';
import { watchOwners } from './runs/watch-owners.ts';
import { systemClock } from './system-clock.ts';
import { startAutoCollect } from './storage/auto-collect.ts';
import { createHostTriggers } from './triggers.ts';

/** What a host does by itself as long as it is there: for windows and `serve`, not for a command that ends. */
export interface Background {
  readonly triggers: Triggers;
  /** Ends it; to be called before the host is closed. */
  close(): Promise<void>;
}

export function startBackground(host: Host): Background {
  const resolveSecret = async (name: string, projectId: ProjectId): Promise<string | null> =>
    (await host.vault.read([name], scopesOf(projectId, null))).get(name) ?? null;
  const notifier = createHostNotifier(host, systemClock, resolveSecret);
  const triggers = createHostTriggers(host, systemClock, resolveSecret);
  const stopInterruptions = host.interruptions.follow((runId) => notifier.interrupted(runId));
  // What fails here shows as the fault of a trigger, and is tried again with the next beat.
  triggers.start().catch(() => undefined);
  const unfollow = host.settings.onChange((section) => {
    if (section === 'triggers') triggers.refresh().catch(() => undefined);
  });
  const owners = watchOwners(host, systemClock);
  host.resumeByPlan();
  const autoCollect = startAutoCollect(host, systemClock);
  return {
    triggers,
    async close() {
      unfollow();
      await owners.close();
      stopInterruptions();
      await autoCollect.close();
      await triggers.stop();
      await notifier.close();
    },
  };
}
