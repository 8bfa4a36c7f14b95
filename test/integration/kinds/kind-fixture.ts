import {
  accessSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { createHost, type Host } from '#main/host/create-host.ts';
import { planRun } from '#main/host/projects/plan-run.ts';
import { chunkedToArray } from '#shared/lib/chunked.ts';
import type { StageId } from '#shared/lib/ids.ts';
import { formatIssue } from '#shared/lib/issue.ts';
import type { NormalForm } from '#shared/reports/normal-form.ts';
import type { RunState, StageState } from '#shared/run/run-state.ts';

const TOOLS = path.resolve(import.meta.dirname, '../../tools/node_modules/.bin');

/** A stage of a test: what stands below its id in a pipeline file. */
export type StageText = Readonly<Record<string, unknown>>;

export interface KindRun {
  readonly state: RunState;
  /** The stage `it`, or the one of that name. */
  stage(id?: string): StageState;
  /** What its last attempt came to, in words: `succeeded`, or `failed: 2 of 3 tests failed`, or `infra-error: …`. */
  outcome(id?: string): string;
  /** The first report of a type that a stage left. */
  report<Type extends NormalForm['type']>(
    type: Type,
    id?: string,
  ): Extract<NormalForm, { type: Type }>['report'] | undefined;
  log(id?: string): Promise<string>;
}

/** A project and a host over a data folder of its own, to run kinds for real. Nothing is left after `dispose`. */
export interface KindFixture extends AsyncDisposable {
  readonly host: Host;
  readonly dir: string;
  readonly projectDir: string;
  write(file: string, text: string | Buffer): void;
  read(file: string): string;
  /** Runs one stage called `it`; the project's folder is the workspace itself unless `workspace` says another. */
  runStage(stage: StageText, file?: StageText): Promise<KindRun>;
  /** Runs the `example` of a kind, which is what its page of the docs shows. */
  runExample(kind: string, more?: StageText): Promise<KindRun>;
  /** Runs a whole file. */
  run(file: StageText): Promise<KindRun>;
}

/** Whether tests of these programs are to be skipped: they are not there, and this is not CI, where that is a failure. */
export function isMissing(...bins: readonly string[]): boolean {
  return process.env['CI'] === undefined && !bins.every(isOnPath);
}

function isOnPath(bin: string): boolean {
  return [TOOLS, ...(process.env['PATH'] ?? '').split(path.delimiter)].some((dir) => {
    try {
      accessSync(path.join(dir, bin), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

export async function createKindFixture(
  options: { readonly env?: Readonly<Record<string, string>> } = {},
): Promise<KindFixture> {
  // The tools of the tests, and the Node that runs them, before those of the machine.
  const folders = [path.dirname(process.execPath), TOOLS];
  const known = (process.env['PATH'] ?? '').split(path.delimiter).filter((dir) => !folders.includes(dir));
  process.env['PATH'] = [...folders, ...known].join(path.delimiter);
  Object.assign(process.env, options.env);

  const dir = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'pipewright-kind-')));
  const projectDir = path.join(dir, 'project');
  mkdirSync(projectDir);
  const host = await createHost({ dataDir: path.join(dir, 'data'), mode: 'browser' });

  const fixture: KindFixture = {
    host,
    dir,
    projectDir,
    write(file, text) {
      const absolute = path.join(projectDir, file);
      mkdirSync(path.dirname(absolute), { recursive: true });
      writeFileSync(absolute, text);
    },
    read: (file) => readFileSync(path.join(projectDir, file), 'utf8'),
    runStage: (stage, file = {}) => fixture.run({ workspace: 'in-place', ...file, stages: { it: stage } }),
    runExample(kind, more = {}) {
      const { example } = host.kinds.get(kind) ?? {};
      if (example === undefined) throw new Error(`There is no kind ${kind}`);
      return fixture.runStage({ uses: kind, with: example, ...more });
    },
    async run(file) {
      fixture.write('pipewright.yml', stringify(file));
      const request = { projectDir, file: 'pipewright.yml', inputs: {} };
      const { plan, issues } = await planRun(host.kinds, request);
      if (plan === null) throw new Error(issues.map(formatIssue).join('\n'));
      const handle = await host.engine.start({
        projectDir,
        pipelineFile: 'pipewright.yml',
        plan,
        trigger: { type: 'cli' },
        maxParallel: 2,
      });
      return describeRun(host, await handle.finished);
    },
    async [Symbol.asyncDispose]() {
      await host.close();
      rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
    },
  };
  return fixture;
}

function describeRun(host: Host, state: RunState): KindRun {
  const stages = chunkedToArray(state.stages);
  const stage = (id = 'it'): StageState => {
    const found = stages.find((one) => one.id === id);
    if (found === undefined) throw new Error(`There is no stage ${id}`);
    return found;
  };
  return {
    state,
    stage,
    outcome(id) {
      const outcome = stage(id).attempts.at(-1)?.outcome;
      if (outcome?.type === 'failed') return `failed: ${outcome.message ?? `exit code ${outcome.exitCode}`}`;
      if (outcome?.type === 'infra-error') return `infra-error: ${outcome.error.message}`;
      return outcome?.type ?? stage(id).status;
    },
    report(type, id = 'it') {
      const all = host.store.reportHistory.read(state.runId);
      return all.find((one) => one.stage === id && one.form.type === type)?.form.report as never;
    },
    async log(id = 'it') {
      const { attempts } = stage(id);
      const lines = await host
        .readLog(state.runId, id as StageId, attempts.length)
        .page({ fromLine: 1, count: 10_000 });
      return lines.map((line) => line.text).join('\n');
    },
  };
}
