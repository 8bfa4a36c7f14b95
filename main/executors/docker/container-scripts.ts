/**
 * What a container does between its steps: wait, and take in processes whose parents have ended. An image without `sleep`
 * ends at once, instead of going round for ever.
 */
export const WAIT_SCRIPT =
  'trap "exit 0" TERM INT; while :; do sleep 86400 & wait $!; [ $? -ne 127 ] || exit 127; done';

/** How `STEP_SCRIPT` ends when a step cannot be tried; it says in its file which of the two it was. */
export const NOT_TRIED_CODE = 127;

/**
 * Runs a step as the leader of a process group: `sh -c STEP_SCRIPT sh FILE FOLDER GRACE PLACES COMMAND…`. Writes into FILE for
 * `readStepFacts`: its own id, or `missing` when the image has no such command, or `no-folder`; what the cgroups have
 * counted; and after a failure the same again, with the space at PLACES (a path a line) and in the usual folders. It
 * outlives a TERM to the group, to pass on the exit code of what it started, also when no process can be made any more.
 * What the step left in its group gets TERM, and after GRACE seconds KILL. The daemon has made it the leader of a session
 * already. What a shell itself says of a command that was killed goes nowhere. Only what every `sh` has is used.
 */
export const STEP_SCRIPT = `
file=$1 folder=$2 grace=$3 places=$4
shift 4
cd -- "$folder" 2>/dev/null || { echo no-folder >"$file"; exit 127; }
command -v "$1" >/dev/null 2>&1 || { echo missing >"$file"; exit 127; }
exec 3>&2 2>/dev/null
counts() {
  for events in memory.events memory/memory.oom_control pids.events pids/pids.events; do
    [ -r "/sys/fs/cgroup/$events" ] || continue
    while read -r key value; do echo "$events $key $value"; done <"/sys/fs/cgroup/$events"
  done
}
{ echo $$; counts; } >"$file"
trap : HUP INT TERM
(exec 2>&3 3>&-; exec "$@")
code=$?
trap '' HUP INT TERM
trap 'exit $code' EXIT
[ $code -eq 0 ] || counts >>"$file"
others() {
  found=
  for stat in /proc/[0-9]*/stat; do
    { read -r line <"$stat"; } 2>/dev/null || continue
    pid=\${line%% *}
    set -- \${line##*) }
    [ "$3" = $$ ] && [ "$pid" != $$ ] && [ "$1" != Z ] && found="$found $pid"
  done
  [ -n "$found" ]
}
if others; then
  kill -TERM $found
  tries=0
  while others && [ $tries -lt $((grace * 10)) ]; do
    sleep 0.1 || { sleep 1; tries=$((tries + 9)); }
    tries=$((tries + 1))
  done
  others && kill -KILL $found
fi
[ $code -eq 0 ] || (IFS='
'; set -f; df -P . / /tmp /dev/shm $places) >>"$file"
exit $code
`;

/** Asks the group of a step to end: `sh -c TERM_SCRIPT sh FILE`. A step that is about to start is waited for. */
export const TERM_SCRIPT = `
tries=0
until [ -s "$1" ] || [ $tries -ge 5 ]; do tries=$((tries + 1)); sleep 1; done
read -r pid <"$1" && kill -TERM "-$pid"
`;

/** Ends by force all that runs in the container, other sessions too, but for what waits (the first process). */
export const KILL_SCRIPT = 'kill -KILL -1';
