import fs from 'node:fs';
import path from 'node:path';
import { execa, ExecaError } from 'execa';
import { type Credential, gitEnvironment } from '#shared/lib/git-credential.ts';

export interface GitOptions {
  readonly cwd: string;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number;
  /** For a command that talks to a server. */
  readonly remote?: RemoteOptions | undefined;
}

export interface RemoteOptions {
  /** Null: what Git finds without asking counts. */
  readonly credential: Credential | null;
  /** The address stands in a file and was not set up by a person of this machine: Git's own rules for such addresses hold. */
  readonly isForeign: boolean;
}

const MAX_OUTPUT_BYTES = 1 << 29;

/**
 * Git as the user has it, but never waiting for an answer and not bound to another repository by variables that a hook
 * has set. The project may belong to another user: it is the one that this user opened, so Git need not doubt it.
 * @returns what it wrote to stdout
 * @throws ExecaError; `isGitMissing` tells whether there is no Git at all
 */
export async function git(args: readonly string[], options: GitOptions): Promise<string> {
  const { stdout } = await execa('git', wordsOf(args), settingsOf(options));
  return stdout;
}

/** As `git`, for output that need not be text. */
export async function gitBytes(args: readonly string[], options: GitOptions): Promise<Uint8Array> {
  const { stdout } = await execa('git', wordsOf(args), { ...settingsOf(options), encoding: 'buffer' });
  return stdout;
}

const wordsOf = (args: readonly string[]): string[] => ['-c', 'safe.directory=*', ...args];

function settingsOf({ cwd, signal, timeoutMs, remote }: GitOptions) {
  return {
    cwd,
    env: { ...environment(), ...(remote === undefined ? {} : remoteEnvironment(remote)) },
    // What Git starts to reach a server ends with it, and has no terminal to ask on.
    killDescendants: remote !== undefined,
    extendEnv: false,
    stdin: 'ignore',
    stripFinalNewline: false,
    maxBuffer: MAX_OUTPUT_BYTES,
    ...(signal ? { cancelSignal: signal } : {}),
    ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
  } as const;
}

function remoteEnvironment({ credential, isForeign }: RemoteOptions): Record<string, string> {
  return {
    ...gitEnvironment(process.env, credential),
    ...(isForeign ? { GIT_PROTOCOL_FROM_USER: '0' } : {}),
  };
}

export function isGitMissing(error: unknown): boolean {
  return error instanceof ExecaError && error.code === 'ENOENT';
}

/** Whether Git ran to its end and said no, as it does for questions whose answer is "there is none". */
export function isGitRefusal(error: unknown): error is ExecaError {
  return error instanceof ExecaError && error.exitCode !== undefined;
}

/** Whether a folder or one above it has a `.git`; saves starting Git where it would find nothing. */
export function mayBeInRepository(dir: string): boolean {
  for (let folder = path.resolve(dir); ; folder = path.dirname(folder)) {
    if (fs.existsSync(path.join(folder, '.git'))) return true;
    if (folder === path.dirname(folder)) return false;
  }
}

/** What `git rev-parse --local-env-vars` lists, but for configuration that a user may give by count. */
const BOUND_TO_A_REPOSITORY = new Set([
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_CONFIG',
  'GIT_CONFIG_PARAMETERS',
  'GIT_DIR',
  'GIT_GRAFT_FILE',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_NAMESPACE',
  'GIT_NO_REPLACE_OBJECTS',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_REPLACE_REF_BASE',
  'GIT_SHALLOW_FILE',
  'GIT_WORK_TREE',
]);

function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !BOUND_TO_A_REPOSITORY.has(name));
  return { ...Object.fromEntries(kept), GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
}
