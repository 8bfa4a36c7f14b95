import {
  envFile,
  extensionOf,
  interpreterOf,
  NOT_WRITTEN,
  programOf,
  quoted,
  writeText,
} from './remote-text.ts';
import type { RemoteFacts } from './remote-facts.ts';
import { endedScript, lookScript } from './remote-usage.ts';

/** What a step is, as the remote runner needs it. All paths are the host's. */
export interface StepToStart {
  /** Of this step alone; made by the script that starts it. */
  readonly folder: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly script: string;
  readonly shell: string | null;
  readonly commandPrefix: string;
  readonly graceMs: number;
  /** What it uses is looked at closely, for its limits. */
  readonly isWatched: boolean;
}

/** How far the output of a step has been read. */
export interface Offsets {
  readonly out: number;
  readonly err: number;
}

/** The names of the command files, in the order in which the runner sends them. */
const COMMAND_FILES = ['output', 'env', 'path', 'summary', 'state'];

/** A short pause, also where `sleep` knows whole seconds only. */
const NAP = 'nap() { sleep 0.1 2>/dev/null || sleep 1; }';

/** Sends a signal to a process group; the kill of busybox knows no `--` there, and that of dash needs it. */
const SEND = `send() { kill -s "$1" -- "-$2" 2>/dev/null || kill -s "$1" "-$2" 2>/dev/null; }`;

/** Whether anyone of a process group lives who is not a zombie that nobody collects. */
const IS_ALIVE = `alive() {
  send 0 "$1" || return 1
  groups=$(ps -A -o pgid= -o stat= 2>/dev/null || ps -o pgid,stat 2>/dev/null) || return 0
  printf '%s\\n' "$groups" | awk -v g="$1" '$1 == g && $2 !~ /^[ZX]/ { found = 1 } END { exit !found }'
}`;

/** Ends a process group, also one that is about to be made: asks, waits so many tenths of a second, then forces. */
const END_GROUP = `end_group() {
  send TERM "$1" || { nap; send TERM "$1"; } || return 0
  left=$2
  while [ "$left" -gt 0 ] && alive "$1"; do nap; left=$((left - 1)); done
  if alive "$1"; then send KILL "$1"; fi
  return 0
}`;

const FUNCTIONS = `${NAP}\n${SEND}\n${IS_ALIVE}\n${END_GROUP}\n`;

const tenths = (ms: number): number => Math.max(1, Math.ceil(ms / 100));

/**
 * Stands between the connection and the step, in a session of its own, and outlives both: starts the step as a process group,
 * waits for it, ends what it left in its group, and writes its exit code down as the last thing, into a place that is taken
 * before, since the disk may be full by then.
 */
const keeper = ({ setsid }: Pick<RemoteFacts, 'setsid'>, graceMs: number): string => `
${FUNCTIONS}
if [ -f cancel ]; then code=143
else
  ${setsid} sh ./step </dev/null >out 2>err &
  pid=$!
  echo "$pid" >pid
  if [ -f cancel ]; then end_group "$pid" ${tenths(graceMs)}; fi
  wait "$pid"
  code=$?
  times >times
  if send 0 "$pid"; then end_group "$pid" ${tenths(graceMs)}; fi
fi
rm -f env
printf '%4s\\n' "$code" 1<>exit.new && mv exit.new exit
`;

/** Becomes the step: its variables are read from a file that is gone before its first command runs. */
const step = (
  { cwd, shell, folder }: StepToStart,
  file: string,
): string => `unset SSH_CLIENT SSH_CONNECTION SSH_TTY
read -r mask <umask
umask "$mask"
. ./env
rm -f env
cd ${quoted(cwd)} 2>/dev/null || { echo 1 >${quoted(`${folder}/fault`)}; exit 127; }
command -v ${quoted(programOf(shell))} >/dev/null 2>&1 || { echo 2 >${quoted(`${folder}/fault`)}; exit 127; }
exec ${interpreterOf(shell, `${folder}/${file}`)}
`;

/** Writes a step down, starts it and follows it to its end. @param mark unlike anything that a step writes */
export function startScript(wanted: StepToStart, facts: RemoteFacts, mark: string): string {
  const { folder, env, script, shell, commandPrefix, graceMs, isWatched } = wanted;
  const file = `script.${extensionOf(shell)}`;
  return `
mask=$(umask)
umask 077
mkdir -p ${quoted(folder)} && cd ${quoted(folder)} || exit ${NOT_WRITTEN}
echo "$mask" >umask
${writeText('env', envFile(env), mark)}
${writeText(file, script, mark)}
${writeText('step', step(wanted, file), mark)}
${writeText('keep', keeper(facts, graceMs), mark)}
printf '%s' ${quoted(facts.bootId)} >boot && echo none >exit.new || exit ${NOT_WRITTEN}
: >out
: >err
${facts.setsid} sh ./keep </dev/null >/dev/null 2>&1 &
keep=$!
echo "$keep" >keeper
${follow({ out: 0, err: 0 }, mark, { commandPrefix, isWatched }, 'wait "$keep"')}`;
}

/** Follows a step that runs already, from where its output was left. */
export function attachScript(
  { folder, ...step }: Pick<StepToStart, 'folder' | 'commandPrefix' | 'isWatched'>,
  from: Offsets,
  facts: RemoteFacts,
  mark: string,
): string {
  const wait = `while [ ! -f exit ] && kill -s 0 "$(cat keeper)" 2>/dev/null; do nap; done`;
  return `
${NAP}
cd ${quoted(folder)} 2>/dev/null && [ -f keeper ] && [ "$(cat boot)" = ${quoted(facts.bootId)} ] || {
  printf '\\036%s gone\\n' ${mark}
  exit 0
}
${follow(from, mark, step, wait)}`;
}

/**
 * Sends output as it comes, and when the step has ended what came how far; the reader answers how far it got, since a reader
 * of a file that grows cannot tell that it is at its end. Nothing is removed before the reader has said that it has all.
 */
function follow(
  from: Offsets,
  mark: string,
  { commandPrefix, isWatched }: Pick<StepToStart, 'commandPrefix' | 'isWatched'>,
  wait: string,
): string {
  return `
printf '\\036%s start\\n' ${mark}
printf '\\036%s start\\n' ${mark} >&2
tail -c +${from.out + 1} -f out & a=$!
tail -c +${from.err + 1} -f err >&2 & b=$!
${lookScript(mark, isWatched)}
{ ${wait}; kill "$a" "$b" "$looking"; wait "$a" "$b" "$looking"; } 2>/dev/null
if [ ! -f exit ]; then
  printf '\\036%s gone\\n' ${mark}
  exit 0
fi
${endedScript(mark)}
code= fault=
read -r code <exit
if [ -f fault ]; then read -r fault <fault; fi
if [ -z "$fault" ] && [ "$code" != 0 ]; then
  dd if=/dev/zero of=probe bs=4096 count=1 2>/dev/null || fault=3
  rm -f probe
fi
all_out=$(($(wc -c <out)))
all_err=$(($(wc -c <err)))
printf '\\036%s end %s %s %s %s\\n' ${mark} "$code" "$all_out" "$all_err" "$fault"
printf '\\036%s end\\n' ${mark} >&2
IFS=' ' read -r out err || exit 0
if [ "$out" -lt "$all_out" ]; then tail -c +$((out + 1)) out; fi
if [ "$err" -lt "$all_err" ]; then tail -c +$((err + 1)) err >&2; fi
for name in ${COMMAND_FILES.join(' ')}; do
  file=${quoted(commandPrefix)}$name
  [ -f "$file" ] || continue
  printf '%s %s\\n' "$name" $(($(wc -c <"$file")))
  cat "$file"
done
printf '\\036%s done\\n' ${mark}
read -r answer || exit 0
folder=$PWD
cd / && rm -rf "$folder" ${COMMAND_FILES.map((name) => quoted(commandPrefix + name)).join(' ')}
exit 0
`;
}

/** Ends a step, also one that is about to start. `true`, not `:`, of which a full disk would be the end of the script. */
export function cancelScript(folder: string, graceMs: number): string {
  return `
${FUNCTIONS}
cd ${quoted(folder)} 2>/dev/null || exit 0
true >cancel
if [ -f pid ] && [ ! -f exit ]; then end_group "$(cat pid)" ${tenths(graceMs)}; fi
exit 0
`;
}

/** Ends all that a run has on the host, what made itself a session of its own too where /proc tells, and removes its folder. */
export function releaseScript(folder: string, runId: string, bootId: string): string {
  return `
${FUNCTIONS}
cd ${quoted(folder)} 2>/dev/null || exit 0
for step in steps/*/; do
  [ -d "$step" ] || continue
  [ "$(cat "$step/boot" 2>/dev/null)" = ${quoted(bootId)} ] || continue
  true >"$step/cancel"
  if [ -f "$step/pid" ] && [ ! -f "$step/exit" ]; then end_group "$(cat "$step/pid")" 10; fi
done
grep -aFl ${quoted(`PIPEWRIGHT_RUN_ID=${runId}`)} /proc/[0-9]*/environ 2>/dev/null | while IFS=/ read -r a b pid c; do
  if [ "$pid" != "$$" ]; then kill -s KILL "$pid" 2>/dev/null; fi
done
cd / && rm -rf ${quoted(folder)}
exit 0
`;
}
