import type { Clock } from '#main/engine/ports.ts';
import { toAppError } from '#shared/lib/app-error.ts';
import type { Credential } from '#shared/lib/git-credential.ts';
import type { Git, TriggerSource } from '../ports.ts';
import type { RemoteRule } from '../rules.ts';
import { lookAtRemote, type RemoteLook } from './look-at-remote.ts';
import { remoteFault } from './remote-fault.ts';

/** A remote that fails is asked ever more seldom, but at least so often. */
const MAX_WAIT_MS = 3_600_000;

export interface RemotePollOptions extends Pick<RemoteLook, 'cursor' | 'hasRun' | 'fire'> {
  readonly clock: Clock;
  readonly git: Git;
  readonly projectDir: string;
  readonly rule: RemoteRule;
  /** The remote, for people. */
  readonly name: string;
  /** Asked with each look. @throws AppError when the secret is not there */
  readonly credential: () => Promise<Credential | null>;
  /** Null when the remote answers again. */
  readonly onFault: (message: string | null) => void;
  /** After each look. Epoch milliseconds. */
  readonly onAsked: (atMs: number, nextAtMs: number) => void;
}

/**
 * Looks at a remote at once and then every so often. While it fails, the time between two looks doubles, up to an hour; the
 * first look that succeeds ends that.
 */
export function createRemotePoll(options: RemotePollOptions): TriggerSource {
  const { clock, rule, onFault } = options;
  const stop = new AbortController();
  let cancel: () => void = () => undefined;
  let failures = 0;

  async function look(): Promise<void> {
    const at = clock.now();
    let fault: string | null = null;
    try {
      const { git, projectDir } = options;
      const access = {
        git,
        projectDir,
        remote: rule.remote,
        options: { credential: await options.credential(), isForeign: rule.isAddress },
        signal: stop.signal,
      };
      await lookAtRemote({ ...options, access, now: () => clock.now() });
    } catch (error) {
      fault = remoteFault(options.name, error);
    }
    if (stop.signal.aborted) return;
    failures = fault === null ? 0 : failures + 1;
    const waitMs = waitAfter(failures, rule.everyMs);
    try {
      onFault(fault);
      options.onAsked(at, clock.now() + waitMs);
    } catch (error) {
      // A store that refuses now is told by the next look.
      if (toAppError(error).kind === 'bug') throw error;
    }
    cancel = clock.after(waitMs, begin);
  }

  let looking = Promise.resolve();
  function begin(): void {
    looking = look();
  }
  begin();

  return {
    async close() {
      stop.abort();
      cancel();
      await looking;
    },
  };
}

/** How long to wait after so many looks in a row that failed; milliseconds. */
export function waitAfter(failures: number, everyMs: number): number {
  if (failures === 0) return everyMs;
  return Math.max(everyMs, Math.min(MAX_WAIT_MS, everyMs * 2 ** Math.min(failures - 1, 30)));
}
