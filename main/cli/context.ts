import path from 'node:path';
import process from 'node:process';
import type { Host, HostOptions } from '#main/host/create-host.ts';
import { resolveDataDir } from '#main/host/data-dir.ts';
import { createOutput, type Format, type Output } from './output.ts';

/** The options that every command takes, before or after its name. */
export interface GlobalOptions {
  readonly project?: string;
  readonly data?: string;
  readonly format?: Format;
  readonly quiet?: boolean;
  readonly color: boolean;
}

/** What a command knows of its surroundings. */
export interface CliContext {
  readonly env: NodeJS.ProcessEnv;
  /** Where the user stands. */
  readonly cwd: string;
  /** Absolute. */
  readonly projectDir: string;
  /** False when it is only where the user stands. */
  readonly isProjectGiven: boolean;
  readonly output: Output;
  /** Absolute; it may not be there. */
  dataDir(): Promise<string>;
  /** Opens the data folder; the caller closes it. Loads what `--version` and `validate` do without. */
  openHost(options?: Pick<HostOptions, 'maxParallel' | 'mayBeReadOnly'>): Promise<Host>;
}

export function createContext(options: GlobalOptions): CliContext {
  const { env } = process;
  const cwd = process.cwd();
  const output = createOutput(process.stdout, process.stderr, {
    format: options.format ?? 'pretty',
    quiet: options.quiet ?? false,
    color: options.color,
    env,
  });
  return {
    env,
    cwd,
    projectDir: path.resolve(cwd, options.project ?? '.'),
    isProjectGiven: options.project !== undefined,
    output,
    dataDir: () => resolveDataDir(options.data, env),
    async openHost(asked = {}) {
      const dataDir = await resolveDataDir(options.data, env);
      const { createHost } = await import('#main/host/create-host.ts');
      return createHost({ dataDir, mode: 'browser', ...asked });
    },
  };
}
