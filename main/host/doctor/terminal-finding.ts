import os from 'node:os';
import { toAppError } from '#shared/lib/app-error.ts';
import { type Finding, MACHINE_GROUP } from './finding.ts';

const ABOUT = { name: 'terminal', group: MACHINE_GROUP, neededFor: 'shells in stages' } as const;

/** Whether a terminal can be opened here: one is, for a moment. Never rejects. */
export async function terminalFinding(platform: NodeJS.Platform = process.platform): Promise<Finding> {
  try {
    const { openPty } = await import('#main/executors/pty/open-pty.ts');
    const isWindows = platform === 'win32';
    const session = await openPty({
      file: isWindows ? 'cmd.exe' : '/bin/sh',
      args: isWindows ? ['/c', 'exit'] : ['-c', 'exit'],
      cwd: os.tmpdir(),
      env: { PATH: process.env['PATH'] ?? '' },
      size: { columns: 80, rows: 24 },
    });
    session.onData(() => undefined);
    await session.ended;
    await session.close();
    return { ...ABOUT, status: 'ok', version: isWindows ? 'ConPTY' : 'PTY', detail: null, hint: null };
  } catch (error) {
    const { message, hint } = toAppError(error, 'shell-unavailable');
    const sentences = hint === null ? message : `${message} ${hint}`;
    return { ...ABOUT, status: 'missing', version: null, detail: null, hint: sentences };
  }
}
