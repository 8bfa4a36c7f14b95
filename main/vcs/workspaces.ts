import { constants } from 'node:fs';
import fsp from 'node:fs/promises';
import path from 'node:path';
import type { Workspaces } from '#main/engine/ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { RunId, StageId } from '#shared/lib/ids.ts';
import { reasonOf } from '#shared/lib/system-error.ts';
import { cloneCommit, type CommitToClone } from './clone-commit.ts';
import { cloneRepository } from './clone-repository.ts';
import { copyFiles } from './copy-files.ts';
import { encodeStage } from './encode-stage.ts';
import { isGitMissing } from './git-command.ts';
import { listFolder } from './list-files.ts';
import { findRepository } from './repository.ts';

/**
 * Workspaces below `runs/<run>` of a data folder.
 *
 * `shared`: `workspace`, or for a project in a folder of a repository that folder of `repo`.
 * `isolated`: the same, untouched, and for each attempt a copy of it in `workspaces/<stage>/<attempt>`, so that all stages
 * begin with the same files whatever happens to the project meanwhile.
 * `in-place`: the project's folder; nothing is copied.
 * With a commit to check out, its files stand for those of the project's folder.
 *
 * When a run ends, its shared workspace stays for people to look into, until the run is removed; copies of isolated stages
 * stay when it did not succeed. After an abort or a failure, what was copied so far stays too, since removing it takes as
 * long as copying it did.
 */
export function createWorkspaces(dataDir: string): Workspaces {
  const runDir = (runId: RunId): string => path.resolve(dataDir, 'runs', runId);
  /** The shared workspace of each run; for a run taken over from another host it is looked up on disk. */
  const prepared = new Map<RunId, string>();
  const withCommands = new Set<RunId>();

  async function prepareShared(
    runId: RunId,
    projectDir: string,
    signal: AbortSignal,
    checkout: CommitToClone | null,
  ): Promise<string> {
    await fsp.mkdir(runDir(runId), { recursive: true, mode: 0o700 });
    return copyProject(
      projectDir,
      path.join(runDir(runId), 'workspace'),
      path.join(runDir(runId), 'repo'),
      signal,
      checkout,
    );
  }

  async function findShared(runId: RunId, projectDir: string, signal: AbortSignal): Promise<string> {
    const repo = path.join(runDir(runId), 'repo');
    const repository = (await exists(repo)) ? await findRepository(projectDir, signal) : null;
    const workspace = repository ? path.join(repo, repository.prefix) : path.join(runDir(runId), 'workspace');
    if (await exists(workspace)) return workspace;
    throw new AppError('workspace-failed', `The workspace ${workspace} of this run is gone.`, {
      hint: 'Start the run anew.',
    });
  }

  /** A copy of the project's files at `whole`, or with all of its repository at `repo`; answers with the project's part. */
  async function copyProject(
    from: string,
    whole: string,
    repo: string,
    signal: AbortSignal,
    checkout: CommitToClone | null = null,
  ): Promise<string> {
    const target = { dir: whole };
    try {
      signal.throwIfAborted();
      const excluded = await fsp.realpath(dataDir);
      const repository = await findRepository(from, signal);
      if (repository === null) {
        if (checkout !== null) throw new Error(`${from} is not in Git`);
        const real = await fsp.realpath(from);
        await copyFiles(real, whole, await listFolder(real, excluded, signal), signal);
        return whole;
      }
      target.dir = repository.prefix === '' ? whole : repo;
      if (checkout === null) await cloneRepository(repository, target.dir, excluded, signal);
      else await cloneCommit(repository, target.dir, checkout, signal);
      return path.join(target.dir, repository.prefix);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof AppError) throw error;
      const hint = isGitMissing(error)
        ? 'Install Git.'
        : `Check that you may read ${from} and that the disk is not full.`;
      throw new AppError(
        'workspace-failed',
        `The project could not be copied to ${target.dir}: ${whyNotCopied(error)}.`,
        {
          hint,
          cause: error,
        },
      );
    }
  }

  return {
    async prepare(runId, plan, projectDir, signal, checkout = null) {
      if (plan.workspace === 'in-place') {
        if (checkout === null) return;
        throw new AppError(
          'workspace-failed',
          'A pipeline with `workspace: in-place` works on the project folder, which is never moved to another commit.',
          { hint: 'Use `workspace: shared` or `isolated`.' },
        );
      }
      prepared.set(runId, await prepareShared(runId, projectDir, signal, checkout));
    },
    async prepareFrom(runId, earlier, plan, projectDir, signal) {
      if (plan.workspace === 'in-place') return;
      const from = await findShared(earlier, projectDir, signal);
      const isWhole = from === path.join(runDir(earlier), 'workspace');
      const root = isWhole ? 'workspace' : 'repo';
      signal.throwIfAborted();
      await fsp.mkdir(runDir(runId), { recursive: true, mode: 0o700 });
      await fsp.cp(path.join(runDir(earlier), root), path.join(runDir(runId), root), {
        recursive: true,
        verbatimSymlinks: true,
        mode: constants.COPYFILE_FICLONE,
      });
      const target = path.join(runDir(runId), root);
      prepared.set(
        runId,
        isWhole ? target : path.join(target, path.relative(path.join(runDir(earlier), root), from)),
      );
    },
    async open(runId, plan, stage, attempt, projectDir, signal) {
      if (plan.workspace === 'in-place') return path.resolve(projectDir);
      const shared = prepared.get(runId) ?? (await findShared(runId, projectDir, signal));
      prepared.set(runId, shared);
      if (plan.workspace === 'shared') return shared;
      const own = path.join(runDir(runId), 'workspaces', encodeStage(stage.id), String(attempt));
      await fsp.rm(own, { recursive: true, force: true });
      return copyProject(shared, own, own, signal);
    },
    async commandPrefix(runId: RunId, stage: StageId, attempt: number) {
      const parent = path.join(runDir(runId), 'commands');
      if (!withCommands.has(runId)) await fsp.mkdir(parent, { recursive: true, mode: 0o700 });
      withCommands.add(runId);
      return path.join(parent, `${encodeStage(stage)}@${attempt}.`);
    },
    async close(runId, plan, keep) {
      prepared.delete(runId);
      withCommands.delete(runId);
      const remove = ['commands', ...(plan.workspace === 'isolated' && !keep ? ['workspaces'] : [])];
      for (const name of remove)
        await fsp.rm(path.join(runDir(runId), name), { recursive: true, force: true });
    },
  };
}

async function exists(file: string): Promise<boolean> {
  return fsp.access(file).then(
    () => true,
    () => false,
  );
}

function whyNotCopied(error: unknown): string {
  if (!(error instanceof Error && 'shortMessage' in error && 'stderr' in error)) return reasonOf(error);
  const text = String(error.stderr || error.shortMessage);
  return text.trim().split('\n').at(-1)?.replace(/\.$/, '') ?? error.name;
}
