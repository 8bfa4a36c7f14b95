import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAlive } from '#test/support/execution.ts';
import { STEP_SCRIPT } from './container-scripts.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-step-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What the script left in its file. */
  readonly said: string;
}

/** As the daemon starts it: the leader of a group of its own. */
async function run(shell: readonly string[], command: readonly string[], folder = dir): Promise<Ended> {
  const file = path.join(dir, 'id');
  const [name = '', ...first] = shell;
  const child = spawn(name, [...first, '-c', STEP_SCRIPT, 'sh', file, folder, '1', '', ...command], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr, said: readFileSync(file, 'utf8').trim() };
}

const SHELLS = [['sh'], ['bash'], ['busybox', 'sh']].filter(
  ([name = '', ...words]) => spawnSync(name, [...words, '-c', 'true']).status === 0,
);

// Containers are Linux, and the script looks at /proc.
describe.runIf(process.platform === 'linux').each(SHELLS)('a step under %s', (...shell) => {
  const words = shell.filter((word): word is string => typeof word === 'string');

  it('has its folder, its streams and its exit code', async () => {
    const ended = await run(words, ['sh', '-c', 'pwd; echo no >&2; exit 3']);
    expect(ended).toMatchObject({ code: 3, stdout: `${dir}\n`, stderr: 'no\n' });
    expect(ended.said).toMatch(/^\d+\n/);
  });

  it('that is killed says nothing but its code', async () => {
    expect(await run(words, ['sh', '-c', 'kill -9 $$'])).toMatchObject({ code: 137, stderr: '' });
  });

  it('ends what it leaves in its group, by force if it must', async () => {
    const left = `(trap "" TERM; while :; do sleep 1; done) & echo $!`;
    const { code, stdout } = await run(words, ['sh', '-c', left]);
    expect(code).toBe(0);
    expect(isAlive(Number(stdout))).toBe(false);
  });

  it('tells a command that is not there from a folder that is not', async () => {
    expect(await run(words, ['no-such-command'])).toMatchObject({ code: 127, said: 'missing' });
    expect(await run(words, ['true'], '/no/such/folder')).toMatchObject({ code: 127, said: 'no-folder' });
  });
});
