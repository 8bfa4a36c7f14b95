import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { CliFixture, CliResult } from './cli-fixture.ts';

const ENTRY = path.resolve(import.meta.dirname, '../../main/cli/index.ts');

/** Runs a command with something on its standard input. */
export async function cliWith(
  { projectDir, dataDir }: CliFixture,
  stdin: string,
  ...args: readonly string[]
): Promise<CliResult> {
  const child = spawn(process.execPath, [ENTRY, '--data', dataDir, ...args], {
    cwd: projectDir,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, PIPEWRIGHT_KEY: undefined },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.end(stdin);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}
