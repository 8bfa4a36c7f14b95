/** What other systems call things, and what they are called here. */
const FOREIGN: ReadonlyMap<string, string> = new Map([
  ['jobs', 'stages'],
  ['tasks', 'stages'],
  ['strategy', 'matrix'],
  ['script', 'run'],
  ['commands', 'run'],
  ['command', 'run'],
  ['depends_on', 'needs'],
  ['depends-on', 'needs'],
  ['dependsOn', 'needs'],
  ['dependencies', 'needs'],
  ['image', 'container'],
  ['variables', 'env'],
  ['environment-variables', 'env'],
  ['timeout-minutes', 'timeout'],
  ['allow_failure', 'continue-on-error'],
  ['workflow_dispatch', 'manual'],
  ['pull_request', 'pull-request'],
  ['cron', 'schedule'],
  ['pollSCM', 'poll'],
  ['tests', 'reports'],
  ['rules', 'if'],
  ['when', 'if'],
  ['cwd', 'working-directory'],
  ['dir', 'working-directory'],
]);

/** The hint for a key of another system, when the key that does its work is allowed here. */
export function foreignKeyHint(key: string, known: readonly string[]): string | null {
  const ours = FOREIGN.get(key);
  return ours !== undefined && known.includes(ours) ? `here it is called \`${ours}\`` : null;
}
