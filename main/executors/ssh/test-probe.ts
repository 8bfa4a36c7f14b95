import { formatDuration } from '#shared/lib/durations.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import { versionOf } from './rsync-version.ts';
import type { Finding } from './test-reach.ts';

/** Tells one line for each thing that a stage needs there, and leaves nothing behind. */
export const TEST_PROBE = `
say() { printf 'pipewright-test %s %s\\n' "$1" "$2"; }
setsid=
for tool in setsid perl python3; do if command -v $tool >/dev/null 2>&1; then setsid=$tool; break; fi; done
say shell "$setsid $(uname -sm 2>/dev/null)"
say rsync "$(rsync --version 2>/dev/null | head -n 1)"
root="\${XDG_CACHE_HOME:-$HOME/.cache}/pipewright"
folder=$root
while [ ! -d "$folder" ] && [ "$folder" != / ] && [ "$folder" != . ]; do folder=$(dirname "$folder"); done
writable=no
if [ -w "$folder" ]; then writable=yes; fi
say disk "$writable $(df -Pk "$folder" 2>/dev/null | tail -n 1)"
say root "$root"
say clock "$(date +%s)"
`;

/** What the lines told. */
export interface ToldLine {
  readonly name: string;
  readonly text: string;
}

/** A line of `TEST_PROBE`; null for what a shell's own start files print. */
export function parseTold(line: string): ToldLine | null {
  const [, name, text] = /^pipewright-test (\S+) ?(.*)$/.exec(line) ?? [];
  return name === undefined || text === undefined ? null : { name, text };
}

export function findShell(text: string): Finding {
  const [tool = '', ...system] = text.split(' ');
  if (tool === '')
    return {
      status: 'failed',
      words: 'There is neither setsid nor perl nor python3.',
      wayOut: 'Install one of them on the host: without it a stage could not be ended there.',
    };
  const name = system.join(' ').trim();
  return { status: 'passed', words: name === '' ? 'Commands run.' : `Commands run, on ${name}.` };
}

/** @param here the version of rsync on this machine; null: there is none that could be used */
export function findRsync(text: string, here: string | null): Finding {
  const there = versionOf(text);
  if (here !== null && there !== null)
    return { status: 'passed', words: `Version ${there}, and ${here} here.` };
  const where = there !== null ? 'on this machine' : here === null ? 'there, nor on this machine' : 'there';
  return {
    status: 'warning',
    words: `No rsync 3.1.3 or newer is installed ${where}: each stage sends its whole workspace.`,
    wayOut: 'Install it on both sides, so that only what has changed is sent.',
  };
}

const LITTLE_BYTES = 1024 ** 3;

/** @param text whether the folder can be written to, and a line of `df -Pk` */
export function findDisk(text: string): Finding {
  const [writable = '', ...rest] = text.split(' ');
  if (writable !== 'yes')
    return {
      status: 'failed',
      words: 'The cache folder of the user cannot be written to.',
      wayOut: 'Make ~/.cache writable there, or set XDG_CACHE_HOME for the user.',
    };
  const available = /\s\d+\s+-?\d+\s+(-?\d+)\s+\d+%/.exec(rest.join(' '))?.[1];
  if (available === undefined)
    return { status: 'passed', words: 'It can be written to; df does not tell how much is free.' };
  const freeBytes = Math.max(0, Number(available) * 1024);
  if (freeBytes >= LITTLE_BYTES) return { status: 'passed', words: `${formatSize(freeBytes)} are free.` };
  return {
    status: 'warning',
    words: `Only ${formatSize(freeBytes)} are free.`,
    wayOut: 'Make room there: a stage has a copy of its workspace on the host.',
  };
}

/** Below it, the way of the answer and the cut of the second may be all. */
const SKEW_MS = 5_000;

/** @param text seconds since 1970 there @param hereMs when they came, epoch milliseconds */
export function findClock(text: string, hereMs: number): Finding {
  const seconds = Number(text);
  if (!/^\d+$/.test(text)) return { status: 'skipped', words: 'Its date does not tell seconds.' };
  const skewMs = seconds * 1_000 - hereMs;
  if (Math.abs(skewMs) <= SKEW_MS) return { status: 'passed', words: 'It shows the same time as here.' };
  const amount = formatDuration(Math.round(Math.abs(skewMs) / 1_000) * 1_000);
  return {
    status: 'warning',
    words: `It is ${amount} ${skewMs > 0 ? 'ahead of' : 'behind'} this machine.`,
    wayOut: 'Let both follow a time server: tools that compare times of files may take old ones for new.',
  };
}
