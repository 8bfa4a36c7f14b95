// A remote for the tests of triggers that ask one.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { runGit, type TriggersFixture } from './triggers-fixture.ts';

export interface Repositories {
  readonly url: string;
  readonly remote: string;
  /** The clone of a colleague. */
  readonly other: string;
  /** Commits there and pushes; answers with the commit. */
  commit(file: string, branch?: string): string;
}

/** A repository with one commit on `main`, and the project in a repository of its own. */
export function createRepositories({ dir, projectDir }: TriggersFixture): Repositories {
  const remote = path.join(dir, 'remote.git');
  const other = path.join(dir, 'other');
  runGit(dir, 'init', '-q', '--bare', '-b', 'main', remote);
  runGit(dir, 'clone', '-q', remote, other);
  runGit(other, 'checkout', '-q', '-B', 'main');
  const commit = (file: string, branch = 'main'): string => {
    runGit(other, 'checkout', '-q', '-B', branch);
    mkdirSync(path.dirname(path.join(other, file)), { recursive: true });
    writeFileSync(path.join(other, file), String(Math.random()));
    runGit(other, 'add', '-A');
    runGit(other, 'commit', '-q', '-m', file);
    runGit(other, 'push', '-q', 'origin', branch);
    return runGit(other, 'rev-parse', 'HEAD').trim();
  };
  commit('readme');
  runGit(projectDir, 'init', '-q');
  return { url: pathToFileURL(remote).href, remote, other, commit };
}
