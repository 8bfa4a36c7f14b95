import { expect } from 'vitest';
import type { ShellSession } from '#main/engine/shell-place.ts';
import { type RunId, runIdOf } from '#shared/lib/ids.ts';
import type { RunEvent } from '#shared/run/events.ts';
import type { ApiFixture } from './api-fixture.ts';

export const SIZE = { columns: 100, rows: 30 };
export const SECRET = 'very-secret-token';

/** Everything that a shell wrote, from now on. */
export function reading(session: ShellSession): { until(text: string): Promise<string> } {
  let all = '';
  const waiting = new Set<() => void>();
  session.onData((text) => {
    all += text;
    for (const look of waiting) look();
  });
  return {
    until: (text) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!all.includes(text)) return;
          waiting.delete(look);
          resolve(all);
        };
        waiting.add(look);
        look();
      }),
  };
}

/** Starts the fixture's pipeline, whose stages may have the secret `API_TOKEN`. */
export async function startRun(fixture: ApiFixture, options: object = {}): Promise<RunId> {
  const { projectId, file, host } = fixture;
  await host.vault.set('API_TOKEN', { type: 'project', projectId }, SECRET);
  const { body } = await fixture.call<{ id: string }>('POST', '/runs', { projectId, file, ...options });
  return runIdOf(body.id);
}

/** Resolves with the first event of this type; the run must have one. */
export async function untilEvent(
  fixture: ApiFixture,
  runId: RunId,
  type: RunEvent['type'],
): Promise<RunEvent> {
  const end = new AbortController();
  const batches = fixture.stream<{ events: RunEvent[] }>(`/runs/${runId}/events`, end.signal);
  for await (const { events } of batches) {
    const found = events.find((event) => event.type === type);
    if (found === undefined) continue;
    end.abort();
    return found;
  }
  throw new Error(`The run ended without ${type}.`);
}

export async function runToFailure(fixture: ApiFixture): Promise<RunId> {
  const runId = await startRun(fixture);
  expect(await untilEvent(fixture, runId, 'run-finished')).toMatchObject({ status: 'failed' });
  return runId;
}

export async function runToPause(fixture: ApiFixture): Promise<RunId> {
  const runId = await startRun(fixture, { pauseOnFailure: true });
  await untilEvent(fixture, runId, 'attempt-paused');
  return runId;
}
