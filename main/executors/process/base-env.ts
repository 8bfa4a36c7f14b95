/** Variables that tell about how Pipewright itself was started, and would mislead what a stage starts. */
const OWN =
  /^(npm_|INIT_CWD$|NODE_OPTIONS$|ELECTRON_RUN_AS_NODE$|PIPEWRIGHT_|GITHUB_(OUTPUT|ENV|PATH|STEP_SUMMARY)$)/i;

/** The environment that stages inherit: the user's own, without traces of Pipewright's start. */
export function stageBaseEnv(environment: NodeJS.ProcessEnv): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && !OWN.test(name)) env[name] = value;
  }
  return env;
}
