import { once } from 'node:events';
import { spawn, type ChildProcess } from 'node:child_process';
import { ensureBuilt } from '#build/ensure-built.ts';
import { findRuntime } from './electron-runtime.ts';

/** Builds the application and, where there is no display, starts one that nobody sees. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const nothing = (): Promise<void> => Promise.resolve();
  if (typeof findRuntime() === 'string') return nothing;
  await ensureBuilt();
  if (process.platform !== 'linux' || process.env['DISPLAY'] !== undefined) return nothing;
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1440x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await displayNumber(server);
  // Tests ask for a display and skip with the reason.
  if (number === null) return nothing;
  process.env['DISPLAY'] = `:${number}`;
  return async () => {
    const gone = once(server, 'exit');
    server.kill();
    await gone;
  };
}

/** Resolves when the server takes connections; null when it cannot be started. */
function displayNumber(server: ChildProcess): Promise<string | null> {
  return new Promise((resolve) => {
    server.on('error', () => resolve(null));
    server.on('exit', () => resolve(null));
    server.stdio[3]?.on('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
  });
}
