import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

export interface TerminalOptions {
  readonly cwd: string;
  /** Typed in the order of the list, each once what was written so far holds its text. */
  readonly answers: readonly { readonly after: string; readonly type: string }[];
  readonly env?: NodeJS.ProcessEnv;
}

/** Util-linux's `script`, which lends a command a terminal; others of that name take other words. */
export function hasTerminal(): boolean {
  const { error, stdout } = spawnSync('script', ['--version'], { encoding: 'utf8' });
  return error === undefined && stdout.includes('util-linux');
}

/** Runs a command on a terminal of its own, as a person would; resolves with all that it wrote there. */
export async function onTerminal(
  command: readonly string[],
  { cwd, answers, env = {} }: TerminalOptions,
): Promise<{ readonly code: number | null; readonly text: string }> {
  const line = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const child = spawn('script', ['-qefc', line, '/dev/null'], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', TERM: 'xterm', CI: undefined, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const open = [...answers];
  let text = '';
  let unread = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    unread += chunk;
    const [next] = open;
    if (next === undefined || !unread.includes(next.after)) return;
    open.shift();
    unread = '';
    child.stdin.write(next.type);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, text };
}
