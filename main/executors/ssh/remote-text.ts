/** One word for a POSIX shell, whatever it holds. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * Remote commands are constant: whatever shell the user has there, it starts `sh`, and that reads what to do from its
 * input. So nothing of a step stands in an argument that other users of the host could see.
 */
export const READS_SCRIPT = `exec sh -c 'IFS= read -r n && s=$(head -c "$n") && eval "$s"'`;

/** As `READS_SCRIPT`, for a short script whose own input follows: not one byte too many is read. */
export const READS_SCRIPT_THEN_INPUT = `exec sh -c 'IFS= read -r n && s=$(dd bs=1 count="$n" 2>/dev/null) && eval "$s"'`;

/** A script as the remote `sh` reads it. */
export function framed(script: string): Buffer {
  const bytes = Buffer.from(script);
  return Buffer.concat([Buffer.from(`${bytes.length}\n`), bytes]);
}

/** A file of variables for `.`; names that no shell takes are left out. */
export function envFile(env: Readonly<Record<string, string>>): string {
  return Object.entries(env)
    .filter(([name]) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !SHELLS_OWN.has(name))
    .map(([name, value]) => `export ${name}=${quoted(value)}\n`)
    .join('');
}

/** Variables that a shell keeps for itself; to set some of them is an error there. */
const SHELLS_OWN = new Set(['_', 'PWD', 'OLDPWD', 'SHLVL', 'PPID', 'UID', 'EUID', 'IFS']);

/** The exit code of a script that could not write what it had to. */
export const NOT_WRITTEN = 91;

/**
 * Commands that write a text to a file through the script's own text, with no process that has it as an argument. Half a text
 * would be run as if it were whole, so a text that does not fit ends the script.
 */
export function writeText(file: string, text: string, nonce: string): string {
  const end = text === '' || text.endsWith('\n') ? '' : '\n';
  return `cat >${file} <<'${nonce}' || exit ${NOT_WRITTEN}\n${text}${end}${nonce}\n`;
}

/** The command line that runs the file of a script; every shell stops at the first command that fails, as far as it can. */
export function interpreterOf(shell: string | null, file: string): string {
  const name = shell ?? 'sh';
  const known = INTERPRETERS[name];
  if (known !== undefined) return `${known} ${quoted(file)}`;
  const words = name.split(/\s+/).filter((word) => word !== '');
  const withFile = words.some((word) => word.includes('{0}')) ? words : [...words, '{0}'];
  return withFile.map((word) => quoted(word.replace('{0}', () => file))).join(' ');
}

/** The program that runs the file of a script. */
export function programOf(shell: string | null): string {
  const [first = 'sh'] = (INTERPRETERS[shell ?? 'sh'] ?? shell ?? '').trim().split(/\s+/);
  return first;
}

const INTERPRETERS: Readonly<Record<string, string>> = {
  sh: 'sh -e',
  bash: 'bash --noprofile --norc -e -o pipefail',
  zsh: 'zsh -e',
  pwsh: 'pwsh -NoLogo -NoProfile -NonInteractive -File',
  python: 'python3',
  node: 'node',
};

const EXTENSIONS: Readonly<Record<string, string>> = { pwsh: 'ps1', python: 'py', node: 'mjs' };

/** What a file for that shell is called after the dot. */
export function extensionOf(shell: string | null): string {
  return EXTENSIONS[shell ?? 'sh'] ?? 'sh';
}
