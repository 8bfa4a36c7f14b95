import type { ScriptCommand } from './ports.ts';

/**
 * A script that runs a list of arguments as it is, none of them looked at by the shell. In `sh` the shell gives way to the
 * command, so that signals reach it; on Windows PowerShell runs it and passes its exit code on.
 * @param separator `\` where the command runs on Windows
 */
export function quoteCommand(argv: readonly string[], separator: string): ScriptCommand {
  if (separator === '\\') {
    const quoted = argv.map((text) => `'${text.replaceAll("'", "''")}'`);
    return { script: `& ${quoted.join(' ')}\nexit $LASTEXITCODE`, shell: 'powershell' };
  }
  const quoted = argv.map((text) => `'${text.replaceAll("'", `'\\''`)}'`);
  return { script: `exec ${quoted.join(' ')}`, shell: 'sh' };
}
