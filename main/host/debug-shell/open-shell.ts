import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Engine } from '#main/engine/engine.ts';
import type { Secrets } from '#main/engine/ports.ts';
import type { ShellPlace, ShellSession, TerminalSize } from '#main/engine/shell-place.ts';
import { stageContexts } from '#main/engine/stage-environment.ts';
import type { Store } from '#main/store/open-store.ts';
import { encodeStage } from '#main/vcs/encode-stage.ts';
import { findWorkspace } from '#main/vcs/find-workspace.ts';
import { interpolate } from '#shared/expressions/interpolate.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { RunId, StageId } from '#shared/lib/ids.ts';
import { mapPlace } from '#shared/pipeline/map-place.ts';
import { LOCAL, type PlannedPlace } from '#shared/pipeline/plan-place.ts';
import { readRun } from '../runs/read-run.ts';
import { endWithAttempt } from './end-with-attempt.ts';
import { shellEnvironment } from './shell-environment.ts';
import { findShellStage } from './shell-stage.ts';

export interface ShellWish {
  readonly runId: RunId;
  readonly stage: StageId;
  /** Default: the last. */
  readonly attempt?: number | undefined;
  /** The values of the stage's secrets are in the shell's environment. */
  readonly withSecrets: boolean;
  readonly size: TerminalSize;
}

export interface ShellPorts {
  readonly dataDir: string;
  readonly engine: Pick<Engine, 'get' | 'subscribe'>;
  readonly store: Pick<Store, 'events'>;
  readonly secrets: Pick<Secrets, 'resolve'>;
  /** By the type of the place; a type without one opens no shells. */
  readonly places: Readonly<Partial<Record<PlannedPlace['type'], ShellPlace>>>;
}

/**
 * Opens a shell where an attempt worked that has failed or is paused, whichever host ran it.
 * @throws AppError `run-not-found`, `stage-not-found`, `shell-unavailable`, `secret-missing`, `vault-unreadable`
 */
export async function openShell(ports: ShellPorts, wish: ShellWish): Promise<ShellSession> {
  const { runId, size } = wish;
  const run = ports.engine.get(runId)?.state() ?? readRun(ports.store.events, runId);
  const found = findShellStage(run, wish.stage, wish.attempt);
  const { planned, attempt, isPaused } = found;
  const { type } = planned.place ?? LOCAL;
  const opener = ports.places[type];
  if (opener === undefined)
    throw new AppError('shell-unavailable', `This host opens no shells in ${type} places.`);
  const about = { runId, plan: run.plan, stage: planned.id, attempt, projectDir: run.projectDir };
  const workspace = await findWorkspace(ports.dataDir, about, new AbortController().signal);
  if (workspace === null) {
    throw new AppError('shell-unavailable', `The workspace of ${planned.id} in run #${run.number} is gone.`, {
      hint: 'Run the pipeline again; `retention` says how long workspaces are kept.',
    });
  }
  const { env, directory } = await shellEnvironment({
    ...{ ...found, run, workspace },
    commandPrefix: await shellFiles(ports.dataDir, runId, planned.id),
    secrets: wish.withSecrets ? ports.secrets : null,
  });
  const place = mapPlace(planned.place ?? LOCAL, (text) =>
    interpolate(text, stageContexts(run, planned, attempt)),
  );
  const session = await opener.open({
    ...{ runId, stage: planned.id, attempt, place, isPaused, workspace, directory, env, size },
  });
  return isPaused
    ? endWithAttempt(ports, { runId, stage: planned.id, attempt, seq: run.seq }, session)
    : session;
}

/** Where commands that are typed again may write what a step writes; apart from the attempt's own, which count. */
async function shellFiles(dataDir: string, runId: RunId, stage: StageId): Promise<string> {
  const folder = path.join(dataDir, 'runs', runId, 'shell');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return path.join(folder, `${encodeStage(stage)}.`);
}
