const OLDEST = [22, 12] as const;

/**
 * Why this Node cannot run Pipewright; null when it can. Checked before anything else is loaded: an older Node would end
 * in the database library with a segmentation fault.
 * @param version such as `24.1.0`
 */
export function nodeProblem(version: string): string | null {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return null;
  return `Node ${version} is too old; install Node ${OLDEST.join('.')} or newer.`;
}
