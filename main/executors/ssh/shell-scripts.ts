import { envFile, quoted, writeText } from './remote-text.ts';

/** A shell on a host; all paths are the host's. */
export interface RemoteShell {
  /** Of this shell alone; made by `writeShell`. */
  readonly dir: string;
  /** Where it begins, if that is there; else in `workspace`. */
  readonly folder: string;
  readonly workspace: string;
  readonly env: Readonly<Record<string, string>>;
  /** By which its processes are known; no other shell has it. */
  readonly mark: string;
}

/** The variable that holds a shell's mark. */
const MARK = 'PIPEWRIGHT_SHELL_ID';

/**
 * Writes a shell down: its variables in a file for its user alone, which is gone before the first prompt, and the script that
 * a terminal starts. @param nonce unlike anything in the variables
 */
export function writeShell(shell: RemoteShell, nonce: string): string {
  const { dir, env, mark } = shell;
  return `
umask 077
mkdir -p ${quoted(dir)} && cd ${quoted(dir)} || exit 90
${writeText('env', envFile({ ...env, [MARK]: mark }), nonce)}
${writeText('start', startScript(shell), nonce)}
`;
}

/** What the terminal runs: the person's own shell, and the end of all that it has left once it or the connection is gone. */
function startScript({ dir, folder, workspace, mark }: RemoteShell): string {
  return `trap 'code=$?; trap "" HUP; ${endScript(dir, mark).replaceAll("'", `'\\''`)}; exit "$code"' EXIT
trap 'exit 129' HUP
trap 'exit 143' TERM
trap : INT QUIT
(
  . ${quoted(`${dir}/env`)}
  rm -f ${quoted(`${dir}/env`)}
  cd ${quoted(folder)} 2>/dev/null || cd ${quoted(workspace)} || exit 127
  exec "\${SHELL:-sh}" -i
)
exit "$?"
`;
}

/** Ends what has the mark, where /proc tells, and removes the shell's folder. The `sh` that runs it must not have the mark. */
export function endScript(dir: string, mark: string): string {
  const find = `grep -aFl ${quoted(`${MARK}=${mark}`)} /proc/[0-9]*/environ 2>/dev/null`;
  return `${find} | while IFS=/ read -r a b pid c; do kill -s KILL "$pid" 2>/dev/null; done; cd / && rm -rf ${quoted(dir)}`;
}
