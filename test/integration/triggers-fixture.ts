import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Clock } from '#main/engine/ports.ts';
import { systemClock } from '#main/host/system-clock.ts';
import { openStore, type Store } from '#main/store/open-store.ts';
import { createTriggers, type TriggerOptions, type Triggers } from '#main/triggers/create-triggers.ts';
import type { Checkout, TriggerPipeline } from '#main/triggers/ports.ts';
import { git } from '#main/vcs/git-command.ts';
import type { TriggerFiring } from '#shared/api/trigger-schemas.ts';
import { createRunId, projectIdOf, type RunId } from '#shared/lib/ids.ts';
import { parsePipeline } from '#shared/pipeline/parse.ts';
import type { RunTrigger } from '#shared/run/events.ts';

export interface Started {
  readonly file: string;
  readonly trigger: RunTrigger;
  readonly checkout: Checkout | null;
}

/** Triggers over a real store and a project's folder; what they start is listed, and nothing runs. */
export interface TriggersFixture extends AsyncDisposable {
  readonly dir: string;
  readonly projectDir: string;
  readonly store: Store;
  readonly started: Started[];
  /** Resolves when so many runs were started. */
  until(count: number): Promise<readonly Started[]>;
  /** Resolves when so many firings were noted, started or skipped; newest first. */
  untilFirings(count: number): Promise<readonly TriggerFiring[]>;
  write(file: string, text: string): void;
  /** A file with this `on` and one stage; seen by the next `refresh` or `start`. */
  pipeline(
    on: string,
    options?: { readonly workspace?: string; readonly file?: string; readonly fault?: string | null },
  ): void;
  host(options?: Partial<TriggerOptions>): Triggers;
}

export const PROJECT = projectIdOf('project1');

export function createTriggersFixture(clock: Clock = systemClock): TriggersFixture {
  const dir = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'pipewright-triggers-')));
  const projectDir = path.join(dir, 'project');
  mkdirSync(projectDir);
  const store = openStore(path.join(dir, 'data'));
  const pipelines = new Map<string, TriggerPipeline>();
  const started: Started[] = [];
  const waiting = new Set<() => void>();
  const hosts: Triggers[] = [];

  function untilTrue<Value>(read: () => Value, isTrue: (value: Value) => boolean): Promise<Value> {
    return new Promise((resolve) => {
      const look = (): void => {
        const value = read();
        if (!isTrue(value)) return;
        waiting.delete(look);
        resolve(value);
      };
      waiting.add(look);
      look();
    });
  }
  const told = (): void => {
    for (const look of waiting) look();
  };

  return {
    dir,
    projectDir,
    store,
    started,
    until: (count) =>
      untilTrue(
        () => started,
        (list) => list.length >= count,
      ),
    untilFirings: (count) =>
      untilTrue(
        () => store.triggers.firings({ limit: 100 }),
        (list) => list.length >= count,
      ),
    write(file, text) {
      const absolute = path.join(projectDir, file);
      mkdirSync(path.dirname(absolute), { recursive: true });
      writeFileSync(absolute, text);
    },
    pipeline(on, { workspace = 'shared', file = 'pipewright.yml', fault = null } = {}) {
      const source = `name: P\nworkspace: ${workspace}\non: ${on}\nstages: { a: { run: 'true' } }\n`;
      const { pipeline, issues } = parsePipeline(source, file, { kinds: [] });
      if (pipeline === null) throw new Error(JSON.stringify(issues));
      pipelines.set(file, {
        projectId: PROJECT,
        projectDir,
        file,
        name: pipeline.name,
        workspace: pipeline.workspace,
        on: pipeline.file.on,
        fault,
      });
    },
    host(options = {}) {
      const triggers = createTriggers({
        clock,
        hostId: `host-${hosts.length}`,
        store: {
          ...store.triggers,
          record(firing) {
            store.triggers.record(firing);
            told();
          },
          setFault(key, fault) {
            store.triggers.setFault(key, fault);
            told();
          },
          setCursor(key, cursor) {
            store.triggers.setCursor(key, cursor);
            told();
          },
        },
        git,
        listPipelines: () => Promise.resolve([...pipelines.values()]),
        startRun: ({ file }, trigger, checkout): Promise<RunId> => {
          started.push({ file, trigger, checkout });
          told();
          return Promise.resolve(createRunId(clock.now(), Math.random));
        },
        resolveSecret: () => Promise.resolve('a shared secret'),
        recentRuns: () => [],
        webhook: () => ({ host: '127.0.0.1', port: 0 }),
        ...options,
      });
      hosts.push(triggers);
      return triggers;
    },
    async [Symbol.asyncDispose]() {
      for (const triggers of hosts) await triggers.stop();
      store.close();
      rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** Runs Git with an identity; answers with its output. */
export function runGit(cwd: string, ...args: readonly string[]): string {
  const settings = ['user.name=Tester', 'user.email=tester@pipewright.invalid', 'init.defaultBranch=main'];
  return execFileSync('git', [...settings.flatMap((setting) => ['-c', setting]), ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
