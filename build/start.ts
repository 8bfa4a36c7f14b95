// `npm start [-- FOLDER]`: builds if needed and opens the desktop application; where that cannot be, serves the same in a browser.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fetchElectron, findElectron } from './electron-binary.ts';
import { ensureBuilt } from './ensure-built.ts';

const root = path.resolve(import.meta.dirname, '..');
const startDir = process.env['INIT_CWD'] ?? process.cwd();
const words = process.argv.slice(2);
// A bare folder is the project, for the window as for `serve`.
if (words[0]?.startsWith('-') === false) words.unshift('--project');
const end = new AbortController();
for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end.abort());
// A terminal sends Ctrl-C to the child as well, and a second one would mean "at once".
process.on('SIGINT', () => {
  if (!process.stdin.isTTY || !isChildRunning) end.abort();
});
let isChildRunning = false;

/** Why no window can be opened here; null when one can. */
async function whyNoWindow(): Promise<string | null> {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return 'There is no display here';
  if (process.getuid?.() === 0 && process.platform === 'linux' && !words.includes('--no-sandbox')) {
    return 'Electron does not run as root';
  }
  if (findElectron() !== null) return null;
  const failure = await fetchElectron(end.signal);
  return failure === null ? null : `Electron is not installed (${failure})`;
}

/** Runs a child in the foreground until it ends; Ctrl-C reaches it from the terminal, other signals are passed on. */
function runInForeground(executable: string, args: readonly string[], cwd: string): Promise<number> {
  const child = spawn(executable, args, { cwd, stdio: 'inherit' });
  isChildRunning = true;
  end.signal.addEventListener('abort', () => child.kill('SIGTERM'));
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.on('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 0)));
  });
}

async function main(): Promise<number> {
  try {
    await ensureBuilt();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
  const obstacle = await whyNoWindow();
  if (end.signal.aborted) return 0;
  const electron = findElectron();
  if (obstacle === null && electron !== null) return runInForeground(electron, [root, ...words], startDir);
  console.error(
    `${obstacle ?? 'Electron is not installed'}; serving Pipewright in the browser instead. Ctrl-C ends it.`,
  );
  const cli = path.join(root, 'out/main/cli.cjs');
  return runInForeground(process.execPath, [cli, 'serve', '--open', ...words], startDir);
}

process.exitCode = await main();
