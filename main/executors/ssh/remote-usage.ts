import type { Usage } from '#shared/run/usage.ts';
import type { RemoteLimits } from './remote-limits.ts';

/** Of a process group of /proc, in the fields that follow the command in parentheses (proc(5)): ticks, threads, files to read. */
const MEMBERS = `awk -v g="$group" '{
  pid = $1
  sub(/^.*[)] /, "")
  if ($3 != g) next
  ticks += $12 + $13 + $14 + $15
  threads += $18
  files = files " /proc/" pid "/statm /proc/" pid "/io"
} END { if (files != "") print ticks, threads files }'`;

/** Of their `statm` (memory that no one shares) and `io`; `-` for what this user may not read. */
const TOTALS = `awk -v ticks="$ticks" -v hz="$hz" -v page="$page" -v threads="$threads" '
$1 == "read_bytes:" { read += $2; known = 1; next }
$1 == "write_bytes:" { written += $2; next }
NF == 7 { if ($2 > $3) memory += ($2 - $3) * page }
END {
  io = known ? sprintf("%.0f %.0f", read, written) : "- -"
  printf "%.0f %.0f %s %d\\n", ticks * 1000 / hz, memory, io, threads
}'`;

/** Of ps, where there is no /proc: memory that is resident; times are `1-02:03:04`, `02:03:04` or `3:04.25`. */
const LISTED = `awk -v g="$group" '$1 == g {
  memory += $2 * 1024
  processes++
  days = 0
  clock = $3
  if (dash = index(clock, "-")) { days = substr(clock, 1, dash - 1); clock = substr(clock, dash + 1) }
  count = split(clock, part, ":")
  seconds = 0
  for (i = 1; i <= count; i++) seconds = seconds * 60 + part[i]
  total += days * 86400 + seconds
  found = 1
} END { if (found) printf "%.0f %.0f - - %d\\n", total * 1000, memory, processes }'`;

/**
 * Looks at the process group whose leader stands in the file `pid`, after a second, then every other one, then every fifth
 * (with limits: every second), and says what it found as words of the runner: `usage MS BYTES READ WRITTEN THREADS`
 * (processes where ps tells). Its process is `$looking`; what it waits with ends with it, and holds nothing of the
 * connection open.
 */
export const lookScript = (mark: string, isWatched: boolean): string => `
{
  figures() {
    group=$(cat pid) || return 0
    if [ ! -r /proc/self/stat ]; then
      ps -A -o pgid= -o rss= -o time= | ${LISTED}
      return 0
    fi
    set -- $(cat /proc/[0-9]*/stat | ${MEMBERS})
    [ $# -gt 0 ] || return 0
    ticks=$1
    threads=$2
    shift 2
    cat "$@" | ${TOTALS}
  }
  looks=0
  pace=1
  trap 'kill "$nap"; exit 0' TERM
  while :; do
    sleep "$pace" </dev/null >/dev/null & nap=$!
    wait "$nap" || exit 0
    pace=${isWatched ? 1 : 2}
    if [ "$looks" -gt 30 ]; then pace=${isWatched ? 1 : 5}; fi
    if [ "$looks" = 0 ]; then
      export LC_ALL=C
      hz=$(getconf CLK_TCK) || hz=100
      page=$(getconf PAGESIZE) || page=4096
    fi
    looks=$((looks + 1))
    found=$(figures)
    if [ -n "$found" ]; then printf '\\036%s usage %s\\n' ${mark} "$found"; fi
  done
} 2>/dev/null &
looking=$!
`;

/** What a shell's `times` has told of all that it waited for, in the file `times`, as a word of the runner. */
export const endedScript = (mark: string): string =>
  `if [ -s times ]; then { read -r own; read -r ended; } <times; printf '\\036%s times %s\\n' ${mark} "$ended"; fi`;

/** Adds up what a runner says of a step; over several connections to it, too. */
export interface RemoteUsage {
  /** The figures of a look; NaN for what the host does not tell. */
  look(figures: readonly number[]): void;
  /** Processor time of all that has ended, `0m1.250s` in user and in system: without a look before, nobody wants it. */
  ended(times: readonly string[]): void;
}

/** @param limits look at what is looked at, too */
export function createRemoteUsage(
  onUsage: ((usage: Usage) => void) | undefined,
  limits?: Pick<RemoteLimits, 'look'>,
): RemoteUsage {
  let last: Usage | null = null;
  return {
    look([cpuMs = NaN, memoryBytes = NaN, readBytes = NaN, writtenBytes = NaN, threads = NaN]) {
      if (Number.isNaN(cpuMs) || Number.isNaN(memoryBytes)) return;
      limits?.look(memoryBytes, threads);
      last = {
        // Children that nobody waits for take their figures along; nothing used becomes unused.
        cpuMs: Math.max(cpuMs, last?.cpuMs ?? 0),
        memoryBytes,
        memoryPeakBytes: Math.max(memoryBytes, last?.memoryPeakBytes ?? 0),
        readBytes: most(readBytes, last?.readBytes ?? null),
        writtenBytes: most(writtenBytes, last?.writtenBytes ?? null),
      };
      onUsage?.(last);
    },
    ended(times) {
      const cpuMs = times.reduce((sum, time) => sum + parseTime(time), 0);
      if (last === null || Number.isNaN(cpuMs) || cpuMs <= last.cpuMs) return;
      last = { ...last, cpuMs };
      onUsage?.(last);
    },
  };
}

function most(found: number, before: number | null): number | null {
  return Number.isNaN(found) ? before : Math.max(found, before ?? 0);
}

/** `1m2.500s` in milliseconds; NaN for anything else. */
function parseTime(text: string): number {
  const [, minutes, seconds] = /^(\d+)m(\d+(?:\.\d+)?)s$/.exec(text) ?? [];
  return Math.round(Number(minutes) * 60_000 + Number(seconds) * 1_000);
}
