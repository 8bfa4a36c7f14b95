import type { KindContext } from '#main/engine/kind-ports.ts';
import type { ActionManifest } from '#shared/plugins/manifest.ts';

/** The values of an action's inputs by their names, as texts. */
export type ActionInputs = Readonly<Record<string, string>>;

/** `who-to-greet` -> `INPUT_WHO-TO-GREET`; spaces become `_`, all else stays. @see @actions/core, getInput */
export const inputVariable = (name: string): string => `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;

export function inputVariables(inputs: ActionInputs): Record<string, string> {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [inputVariable(name), value]));
}

/** What is given over what the manifest has for a default; inputs without either are not there. */
export function inputsOf(
  { inputs }: Pick<ActionManifest, 'inputs'>,
  given: Readonly<Record<string, unknown>>,
): ActionInputs {
  const values: Record<string, string> = {};
  for (const [name, input] of Object.entries(inputs)) {
    const value = given[name] ?? input?.default;
    if (value !== undefined) values[name] = textOf(value);
  }
  return values;
}

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/**
 * What actions read of the run, as GitHub sets it. Its token and its addresses are not there: there is no GitHub.
 * @see GitHub Actions, "Variables reference"
 */
export function githubVariables({ run, stage, attempt, env }: KindContext): Record<string, string> {
  const branch = run.git?.branch ?? '';
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: stage,
    GITHUB_ACTOR: run.trigger.actor ?? env['USER'] ?? env['USERNAME'] ?? '',
    GITHUB_EVENT_NAME: ['push', 'poll'].includes(run.trigger.type) ? 'push' : 'workflow_dispatch',
    GITHUB_JOB: stage,
    GITHUB_REF: run.trigger.ref ?? (branch === '' ? '' : `refs/heads/${branch}`),
    GITHUB_REF_NAME: branch,
    GITHUB_RUN_ATTEMPT: String(attempt),
    GITHUB_RUN_ID: run.id,
    GITHUB_RUN_NUMBER: String(run.number),
    GITHUB_SHA: run.git?.commit ?? '',
    GITHUB_WORKFLOW: run.name,
    RUNNER_ENVIRONMENT: 'self-hosted',
  };
}

/** Services of GitHub that are not here; an action that asks for one of them cannot work. */
const MISSING = ['GITHUB_TOKEN', 'ACTIONS_RUNTIME_TOKEN', 'ACTIONS_CACHE_URL', 'ACTIONS_RESULTS_URL'];

/** A sentence for a failed action that seems to have wanted one of GitHub's services; '' when none is named. */
export function missingServiceHint(output: string): string {
  const named = MISSING.filter((name) => output.includes(name));
  if (named.length === 0) return '';
  return ` It asks for ${named.join(' and ')}, a service of GitHub that is not here.`;
}
