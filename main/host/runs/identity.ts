import os from 'node:os';
import { git } from '#main/vcs/git-command.ts';

const TIMEOUT_MS = 5_000;

/**
 * The names of who uses this machine now, the one that people know first: Git's name and e-mail address as they are set for
 * the project, then the user of the operating system. At least one.
 */
export async function identitiesOf(projectDir: string): Promise<readonly [string, ...string[]]> {
  const asked = await Promise.all(['user.name', 'user.email'].map((key) => gitSetting(key, projectDir)));
  const [first, ...rest] = asked.filter((name) => name !== '');
  return first === undefined ? [osUser()] : [first, ...rest, osUser()];
}

async function gitSetting(key: string, cwd: string): Promise<string> {
  // Neither Git nor the folder need be there; then the user of the operating system it is.
  return git(['config', '--get', key], { cwd, timeoutMs: TIMEOUT_MS }).then(
    (text) => text.trim(),
    () => '',
  );
}

function osUser(): string {
  try {
    return os.userInfo().username;
  } catch {
    // A user id without an entry in the system's list, as in some containers.
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
