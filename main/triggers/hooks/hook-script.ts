/** The Git hooks that can start pipelines. */
export const HOOK_NAMES = ['pre-commit', 'pre-push'] as const;
export type HookName = (typeof HOOK_NAMES)[number];

const MARK = '# Written by Pipewright; `pipewright hooks remove` takes it out again.';
/** What a hook that was there before is called while ours stands in its place. */
export const KEPT_SUFFIX = '.before-pipewright';

export function isOurs(script: string): boolean {
  return script.includes(MARK);
}

export interface HookCommand {
  /** A program and its first arguments, the files among them absolute. */
  readonly command: readonly string[];
  /** Files without which the command cannot work, as when Pipewright was removed. */
  readonly needs: readonly string[];
  /** The project's folder, relative to the top of the repository; `.` for the top. */
  readonly project: string;
  /** The text of the hook that was there before; null when there was none. */
  readonly before: string | null;
}

/**
 * A hook for the shell that Git brings on every platform. It runs the hook that was there before, with the same arguments
 * and input, and Pipewright after it; the first that fails stops Git. It does nothing inside of a run, and lets Git go
 * on, with a note, when Pipewright is gone.
 */
export function hookScript(name: HookName, { command, needs, project, before }: HookCommand): string {
  const ours = [...command, 'hook', 'run', name, '--project', project].map(quote).join(' ');
  const there = needs.map((file) => `[ -e ${quote(file)} ]`).join(' && ') || 'true';
  // Only pre-push is told something on its input; a hook before a commit may want the terminal.
  const readsInput = name === 'pre-push';
  const feed = readsInput ? 'feed | ' : '';
  return [
    '#!/bin/sh',
    MARK,
    ...(readsInput ? ['input=$(cat)', 'feed() { [ -z "$input" ] || printf \'%s\\n\' "$input"; }'] : []),
    ...(before === null
      ? []
      : [
          `before="$0${KEPT_SUFFIX}"`,
          'if [ -x "$before" ]; then',
          `  ${feed}${callOf(before)} "$@" || exit $?`,
          'fi',
        ]),
    '[ -z "$PIPEWRIGHT_RUN_ID" ] || exit 0',
    `if ! { ${there}; }; then`,
    `  echo "pipewright: it is no longer where it was; the ${name} pipelines were not run." >&2`,
    '  exit 0',
    'fi',
    // What Git tells its hooks of this repository must not bind the Git commands of a pipeline to it.
    'PIPEWRIGHT_INDEX_FILE=$GIT_INDEX_FILE',
    'export PIPEWRIGHT_INDEX_FILE',
    'unset $(git rev-parse --local-env-vars)',
    `${feed}${ours} -- "$@"`,
    '',
  ].join('\n');
}

/**
 * How the kept hook is called. A shell script may ask for its own name (`$0`), as those of husky do; it is read by its shell
 * under the name that it had. Whatever else it is, it is started.
 */
function callOf(before: string): string {
  const shell = /^#!\s*(?:\/usr)?\/bin\/(?:env\s+)?((?:sh|bash|dash)(?: -[a-z]+)?)\s*$/m.exec(
    before.split('\n', 1)[0]!,
  )?.[1];
  return shell === undefined ? '"$before"' : `${shell} -c 'kept=$1; shift; . "$kept"' "$0" "$before"`;
}

/** For the shell; Git's shell on Windows wants forward slashes. */
function quote(word: string): string {
  const path = /^[A-Za-z]:\\/.test(word) ? word.replaceAll('\\', '/') : word;
  return /^[\w./:@=+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
