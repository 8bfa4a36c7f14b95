import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { once } from 'node:events';

const ENTRY = path.resolve(import.meta.dirname, '../../main/cli/index.ts');

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs; ended with its fixture if it still does then. */
export interface RunningCli {
  readonly process: ChildProcess;
  /** Resolves with all of stdout so far when `test` accepts it. Rejects when the command ends before. */
  readonly until: (test: (stdout: string) => boolean) => Promise<string>;
  readonly result: Promise<CliResult>;
}

/** A project and a data folder of their own, and the command line from source over them. Nothing is left after `dispose`. */
export interface CliFixture extends AsyncDisposable {
  readonly projectDir: string;
  readonly dataDir: string;
  write(file: string, text: string): void;
  start(...args: readonly string[]): RunningCli;
  cli(...args: readonly string[]): Promise<CliResult>;
  /** Runs a command with `--format json` and reads its document; whatever the exit code. */
  json<Value>(...args: readonly string[]): Promise<Value>;
}

export interface CliFixtureOptions {
  /** Below the fixture's folder; default: `data`. */
  readonly data?: string;
  /** Below the fixture's folder; default: `project`. */
  readonly project?: string;
  /** What is put before each command, such as `nsenter` with its arguments; gets the folder that the command runs in. */
  readonly prefix?: (cwd: string) => readonly string[];
  /** Over the variables of the test; undefined removes one. */
  readonly env?: NodeJS.ProcessEnv;
}

export function createCliFixture(pipeline: string, options: CliFixtureOptions = {}): CliFixture {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-cli-'));
  const projectDir = path.join(dir, options.project ?? 'project');
  const dataDir = path.join(dir, options.data ?? 'data');
  const running = new Set<RunningCli>();
  mkdirSync(projectDir);

  const fixture: CliFixture = {
    projectDir,
    dataDir,
    write(file, text) {
      const absolute = path.join(projectDir, file);
      mkdirSync(path.dirname(absolute), { recursive: true });
      writeFileSync(absolute, text);
    },
    start(...args) {
      const command = [
        ...(options.prefix?.(projectDir) ?? []),
        process.execPath,
        ENTRY,
        '--data',
        dataDir,
        ...args,
      ];
      const child = spawn(command[0]!, command.slice(1), {
        cwd: projectDir,
        env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...options.env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const followed = follow(child);
      running.add(followed);
      void followed.result.finally(() => running.delete(followed));
      return followed;
    },
    cli: (...args) => fixture.start(...args).result,
    async json<Value>(...args: readonly string[]) {
      const { stdout, stderr } = await fixture.cli(...args, '--format', 'json');
      if (stdout === '') throw new Error(`No document: ${stderr}`);
      return JSON.parse(stdout) as Value;
    },
    async [Symbol.asyncDispose]() {
      for (const { process: child } of running) child.kill('SIGKILL');
      await Promise.all([...running].map(({ result }) => result));
      rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
    },
  };
  fixture.write('pipewright.yml', pipeline);
  return fixture;
}

function follow(child: ChildProcess): RunningCli {
  let stdout = '';
  let stderr = '';
  const waiting = new Set<() => void>();
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    for (const look of waiting) look();
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const result = once(child, 'close').then(([code]): CliResult => ({
    code: code as number | null,
    stdout,
    stderr,
  }));
  return {
    process: child,
    result,
    until: (test) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!test(stdout)) return;
          waiting.delete(look);
          resolve(stdout);
        };
        waiting.add(look);
        void result.then(() => reject(new Error(`It ended before: ${stdout}${stderr}`)));
        look();
      }),
  };
}

/** The lines of `ndjson` output. */
export function jsonLines<Value>(stdout: string): Value[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Value);
}
