import { writeFile } from 'node:fs/promises';
import type { ScriptCommand } from '#main/engine/ports.ts';

/** A process to start, without a shell in between. */
export interface ShellCommand {
  readonly file: string;
  readonly args: readonly string[];
  /** What was written for it. */
  readonly scriptFile?: string;
}

interface ShellKind {
  readonly extension: string;
  /** How the interpreter gets a script that fits an argument; absent: always through a file. */
  readonly inline?: (script: string) => ShellCommand;
  readonly fromFile: (file: string) => ShellCommand;
}

const posix = (file: string, flags: readonly string[]): ShellKind => ({
  extension: 'sh',
  inline: (script) => ({ file, args: [...flags, '-c', script] }),
  fromFile: (script) => ({ file, args: [...flags, script] }),
});

const powershell = (file: string): ShellKind => ({
  extension: 'ps1',
  fromFile: (script) => ({ file, args: ['-NoLogo', '-NoProfile', '-NonInteractive', '-File', script] }),
});

/** The shells that `shell:` names. All stop at the first command that fails, as far as the shell can. */
const SHELLS: Readonly<Record<string, ShellKind>> = {
  sh: posix(process.platform === 'win32' ? 'sh' : '/bin/sh', ['-e']),
  bash: posix('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail']),
  zsh: posix('zsh', ['-e']),
  pwsh: powershell('pwsh'),
  powershell: powershell('powershell'),
  cmd: { extension: 'cmd', fromFile: (file) => ({ file: 'cmd.exe', args: ['/d', '/s', '/c', file] }) },
  python: { extension: 'py', fromFile: (file) => ({ file: 'python3', args: [file] }) },
  node: { extension: 'mjs', fromFile: (file) => ({ file: 'node', args: [file] }) },
};

const DEFAULT_SHELL = process.platform === 'win32' ? 'powershell' : 'sh';

/** Linux refuses one argument of 128 KiB (MAX_ARG_STRLEN, execve(2)); a file is used well before. */
const MAX_INLINE_BYTES = 64 * 1024;

/**
 * Makes the process for a script.
 * @param commandPrefix what the path of the script's file begins with when it needs one
 */
export async function shellCommand(
  { script, shell, isConfidential = false }: ScriptCommand,
  commandPrefix: string,
): Promise<ShellCommand> {
  const name = shell ?? DEFAULT_SHELL;
  const kind = SHELLS[name] ?? templateShell(name);
  if (kind.inline && !isConfidential && Buffer.byteLength(script) <= MAX_INLINE_BYTES)
    return kind.inline(script);
  const file = `${commandPrefix}script.${kind.extension}`;
  await writeFile(file, kind.extension === 'ps1' ? powershellScript(script) : script, { mode: 0o600 });
  return { ...kind.fromFile(file), scriptFile: file };
}

/** PowerShell goes on after an error and forgets exit codes of programs unless it is told. */
function powershellScript(script: string): string {
  const after = 'if ((Test-Path -LiteralPath variable:\\LASTEXITCODE)) { exit $LASTEXITCODE }';
  return `\uFEFF$ErrorActionPreference = 'stop'\r\n${script}\r\n${after}\r\n`;
}

function templateShell(template: string): ShellKind {
  const words = template.split(/\s+/).filter((word) => word !== '');
  const [file = template, ...args] = words.some((word) => word.includes('{0}')) ? words : [...words, '{0}'];
  return {
    extension: 'txt',
    fromFile: (script) => ({ file, args: args.map((word) => word.replace('{0}', script)) }),
  };
}
