import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Reads `+ PID` and `- PID` until its input closes, then ends the process groups that are left.
 * Its input closes with this process, however that dies; so not even `kill -9` leaves stages behind.
 */
const SCRIPT = `
groups=' '
while read -r change pid; do
  case $change in
    +) groups="$groups$pid " ;;
    -) case $groups in *" $pid "*) groups="\${groups%%" $pid "*} \${groups#*" $pid "}" ;; esac ;;
  esac
done
for pid in $groups; do kill -s KILL -- "-$pid" 2>/dev/null; done
`;

/** How late it may hear that a group is gone; its number is not given to another process that soon. */
const TELL_MS = 50;

export interface Watchdog {
  add(pid: number): void;
  remove(pid: number): void;
  /** Lets it end; call when no group is left. */
  close(): void;
}

/** A watchdog that starts with the first group. Windows has no process groups: there the next start cleans up. */
export function createWatchdog(): Watchdog {
  let child: ChildProcess | null = null;
  let timer: NodeJS.Timeout | null = null;

  /** Groups that are gone and of which it has not been told: it hears of them with the next one, in one write. */
  let gone = '';

  function send(line: string): void {
    if (process.platform === 'win32') return;
    child ??= start();
    child.stdin?.write(gone + line);
    gone = '';
  }

  function tell(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (gone !== '') send('');
  }

  function start(): ChildProcess {
    const started = spawn('/bin/sh', ['-c', SCRIPT], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: {},
    });
    // A watchdog that could not start or was killed costs the extra safety, not the run.
    started.on('error', () => undefined);
    started.stdin.on('error', () => undefined);
    started.unref();
    (started.stdin as unknown as { unref?: () => void }).unref?.();
    return started;
  }

  return {
    add: (pid) => send(`+ ${pid}\n`),
    remove: (pid) => {
      gone += `- ${pid}\n`;
      timer ??= setTimeout(tell, TELL_MS).unref();
    },
    close: () => {
      tell();
      child?.stdin?.end();
      child = null;
    },
  };
}
