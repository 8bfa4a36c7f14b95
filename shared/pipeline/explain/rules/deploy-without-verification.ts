import type { ExplainedStage } from '../explained-stage.ts';
import type { Rule } from '../explanation.ts';
import { isCommand } from '../tools.ts';

export const deployWithoutVerification: Rule = {
  code: 'deploy-without-verification',
  severity: 'hint',
  summary: 'Nothing looks at what was deployed, and nothing takes it back',
  why: 'A command that deploys succeeds when it has handed everything over, whether or not it works there. A stage after it that asks the service, or a hook that puts the last version back, tells before the users do.',
  *find({ sets }) {
    for (const { stages, neededBy } of sets) {
      for (const stage of stages.values()) {
        const isLast = (neededBy.get(stage.id) ?? []).length === 0;
        if (!isLast || !stage.isDeployment || !endsWithDeployment(stage)) continue;
        if (stage.stage.hooks.failure !== null || stage.raw['gate'] !== undefined) continue;
        yield { path: stage.path, message: `Nothing verifies what \`${stage.id}\` deploys` };
      }
    }
  },
};

/** Kinds of the catalog may look for themselves. */
function endsWithDeployment({ works, commands }: ExplainedStage): boolean {
  if (works.length === 0 || works.some(({ content }) => content.type === 'uses')) return false;
  const known = commands.findLastIndex((words) => isCommand('deploy', words));
  const waits = commands[known]?.some((word) => /^--(atomic|wait|verify|rollback)/.test(word)) === true;
  // Where no command is known to deploy, one alone is what does.
  return (
    !waits &&
    (known < 0
      ? commands.length === 1
      : commands.slice(known + 1).every((words) => isCommand('plain', words)))
  );
}
