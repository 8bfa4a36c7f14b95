import type { LogInfo } from '#shared/api/schemas.ts';
import type { RunId } from '#shared/lib/ids.ts';
import type { BridgeClient } from './client.ts';
import type { ConnectionStore } from './connection.ts';
import { FrameBatcher, scheduleFrame, type ScheduleFrame } from './frame-batcher.ts';
import { stayConnected } from './stay-connected.ts';

export interface FollowLogOptions {
  readonly client: { readonly log: Pick<BridgeClient['log'], 'follow'> };
  readonly connection: ConnectionStore;
  readonly runId: RunId;
  readonly stage: string;
  readonly attempt: number;
  /** The log's size whenever it has grown, one call per frame at most, the latest only. */
  readonly onGrowth: (info: LogInfo) => void;
  readonly signal: AbortSignal;
  readonly schedule?: ScheduleFrame;
}

/** Follows a log until it is complete, through lost connections. Ends as `followRun` does. */
export async function followLog(options: FollowLogOptions): Promise<void> {
  const { client, connection, runId, stage, attempt, signal } = options;
  const batcher = new FrameBatcher<LogInfo>(options.schedule ?? scheduleFrame, (infos) => {
    const latest = infos.at(-1);
    if (latest !== undefined) options.onGrowth(latest);
  });
  const discard = (): void => batcher.discard();
  signal.addEventListener('abort', discard);
  try {
    await stayConnected(
      { connection, signal },
      () => client.log.follow({ runId, stage, attempt }, { signal }),
      (info) => {
        batcher.add([info]);
        return info.complete;
      },
    );
    batcher.flush();
  } finally {
    signal.removeEventListener('abort', discard);
    batcher.discard();
  }
}
