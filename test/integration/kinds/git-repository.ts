import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A repository to check out from. */
export interface TestRepository extends Disposable {
  /** A folder of its own, around it. */
  readonly root: string;
  readonly dir: string;
  readonly url: string;
  git(...args: string[]): string;
  write(file: string, text: string | Buffer): void;
  /** Commits files, and answers with the commit's id. */
  commit(message: string, files: Readonly<Record<string, string | Buffer>>): string;
}

export function createTestRepository(name = 'web-shop'): TestRepository {
  const root = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'pipewright-repository-')));
  const dir = path.join(root, `${name}.git`);
  mkdirSync(dir);
  // Commits of one test are seconds apart, so that one is the newest.
  let seconds = 1_700_000_000;
  const git = (...args: string[]): string =>
    execFileSync('git', args, {
      cwd: dir,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, GIT_CONFIG_GLOBAL: os.devNull, GIT_COMMITTER_DATE: `@${seconds} +0000` },
    }).trim();
  git('init', '--quiet', '--initial-branch=main', '.');
  git('config', 'user.name', 'Ada');
  git('config', 'user.email', 'ada@example.com');
  git('config', 'uploadpack.allowFilter', 'true');
  const write = (file: string, text: string | Buffer): void => {
    mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
    writeFileSync(path.join(dir, file), text);
  };
  return {
    ...{ root, dir, git, write },
    url: `file://${dir}`,
    commit(message, files) {
      for (const [file, text] of Object.entries(files)) write(file, text);
      seconds += 1;
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message', message);
      return git('rev-parse', 'HEAD');
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** Git's configuration as variables, for the time of a test file. */
export function gitConfig(...pairs: readonly (readonly [string, string])[]): Record<string, string> {
  const env: Record<string, string> = { GIT_CONFIG_COUNT: String(pairs.length) };
  for (const [index, [name, value]] of pairs.entries()) {
    env[`GIT_CONFIG_KEY_${index}`] = name;
    env[`GIT_CONFIG_VALUE_${index}`] = value;
  }
  return env;
}
