/**
 * The variables of a shell as a place sees them that has other paths than this machine. Command files have no place there that
 * is the attempt's own, so that they are files of the shell's.
 * @param workspace as the shell sees it
 * @param commandPrefix what the paths of its command files begin with
 */
export function seenEnv(
  env: Readonly<Record<string, string>>,
  workspace: string,
  commandPrefix: string,
): Record<string, string> {
  const prefix = (env['PIPEWRIGHT_OUTPUT'] ?? '').replace(/output$/, '');
  const seen = Object.entries(env).map(([name, value]): [string, string] => [
    name,
    prefix !== '' && value.startsWith(prefix) ? `${commandPrefix}${value.slice(prefix.length)}` : value,
  ]);
  return { ...Object.fromEntries(seen), PIPEWRIGHT_WORKSPACE: workspace };
}
