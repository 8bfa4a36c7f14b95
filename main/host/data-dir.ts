import path from 'node:path';

/**
 * The folder of all data: what was asked for, else `PIPEWRIGHT_DATA`, else the platform's place for it.
 * @returns an absolute path; nothing is created
 */
export async function resolveDataDir(wanted: string | undefined, env: NodeJS.ProcessEnv): Promise<string> {
  const chosen = wanted ?? (env.PIPEWRIGHT_DATA === '' ? undefined : env.PIPEWRIGHT_DATA);
  if (chosen !== undefined) return path.resolve(chosen);
  const { default: envPaths } = await import('env-paths');
  return envPaths('pipewright', { suffix: '' }).data;
}
