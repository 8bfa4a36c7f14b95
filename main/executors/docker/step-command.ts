import type { ScriptCommand } from '#main/engine/ports.ts';

/** A step's process in a container. */
export interface StepCommand {
  readonly args: readonly string[];
  /** What its file must hold, for a script that does not stand in the arguments. */
  readonly file: { readonly name: string; readonly content: string } | null;
}

interface Shell {
  readonly extension: string;
  readonly inline?: readonly string[];
  /** Before the script's file. */
  readonly fromFile: readonly string[];
}

/** As for local steps; a container is a Linux one. */
const SHELLS: Readonly<Record<string, Shell>> = {
  sh: { extension: 'sh', inline: ['sh', '-e', '-c'], fromFile: ['sh', '-e'] },
  bash: {
    extension: 'sh',
    inline: ['bash', '--noprofile', '--norc', '-e', '-o', 'pipefail', '-c'],
    fromFile: ['bash', '--noprofile', '--norc', '-e', '-o', 'pipefail'],
  },
  zsh: { extension: 'sh', inline: ['zsh', '-e', '-c'], fromFile: ['zsh', '-e'] },
  pwsh: { extension: 'ps1', fromFile: ['pwsh', '-NoLogo', '-NoProfile', '-NonInteractive', '-File'] },
  python: { extension: 'py', fromFile: ['python3'] },
  node: { extension: 'mjs', fromFile: ['node'] },
};

/** Linux refuses one argument of 128 KiB (MAX_ARG_STRLEN, execve(2)); a file is used well before. */
const MAX_INLINE_BYTES = 64 * 1024;

/**
 * Makes the process for a script in a container.
 * @param commandPrefix what the path of the script's file begins with there
 */
export function stepCommand(
  { script, shell, isConfidential = false }: ScriptCommand,
  commandPrefix: string,
): StepCommand {
  const name = shell ?? 'sh';
  const known = SHELLS[name];
  if (known?.inline && !isConfidential && Buffer.byteLength(script) <= MAX_INLINE_BYTES)
    return { args: [...known.inline, script], file: null };
  const file = `script.${known?.extension ?? 'txt'}`;
  const seen = commandPrefix + file;
  if (known === undefined) return { args: template(name, seen), file: { name: file, content: script } };
  const content = known.extension === 'ps1' ? powershellScript(script) : script;
  return { args: [...known.fromFile, seen], file: { name: file, content } };
}

/** PowerShell goes on after an error and forgets exit codes of programs unless it is told. */
function powershellScript(script: string): string {
  const after = 'if ((Test-Path -LiteralPath variable:\\LASTEXITCODE)) { exit $LASTEXITCODE }';
  return `$ErrorActionPreference = 'stop'\n${script}\n${after}\n`;
}

/** The words of `shell:`, with the file in the place of `{0}`, else behind them. */
function template(text: string, file: string): readonly string[] {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const all = words.some((word) => word.includes('{0}')) ? words : [...words, '{0}'];
  return all.map((word) => word.replace('{0}', file));
}
