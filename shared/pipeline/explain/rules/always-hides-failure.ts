import { usesStatusFunction } from '../../../expressions/evaluate-condition.ts';
import type { ExplainedSet } from '../explained-file.ts';
import type { ExplainedStage } from '../explained-stage.ts';
import type { Finding, Rule } from '../explanation.ts';

/** In place of a condition that a template brings. */
const SUCCESS = '${{ success() }}';

export const alwaysHidesFailure: Rule = {
  code: 'always-hides-failure',
  severity: 'warning',
  summary: 'Something goes on after a failure, because of `always()`',
  why: 'A stage with `always()` runs after a failure, too, and counts as succeeded then. What deploys, or what comes after such a stage, no longer knows that something before it has failed.',
  *find(file) {
    for (const set of file.sets) {
      for (const stage of set.stages.values()) {
        const deployment = isBlind(stage)
          ? blindDeployment(stage, file.source.isInherited([...stage.path, 'if']))
          : null;
        if (deployment !== null) yield deployment;
        else if (!seesFailures(stage))
          yield* passedOver(stage, set, file.source.isInherited([...stage.path, 'needs']));
      }
    }
  },
};

/** Whether it runs whatever came before, and does not look at it. */
function isBlind({ stage: { condition, needs } }: ExplainedStage): boolean {
  if (condition === null || needs.length === 0) return false;
  return /\balways\s*\(/i.test(condition) && !/\b(needs|success|failure|cancelled)\b/i.test(condition);
}

const seesFailures = ({ stage: { condition } }: ExplainedStage): boolean =>
  condition !== null && usesStatusFunction(condition) !== 'none';

function blindDeployment(
  { isDeployment, path, stage, id }: ExplainedStage,
  isInherited: boolean,
): Finding | null {
  if (!isDeployment) return null;
  const condition = [...path, 'if'];
  const isAll = /^\s*always\s*\(\s*\)\s*$/i.test(stage.condition ?? '');
  return {
    path: condition,
    message: `\`${id}\` deploys although what it needs may have failed`,
    fixes: isAll
      ? [
          {
            title: 'Deploy only after success',
            operations: [{ type: 'set-field', path: condition, value: isInherited ? SUCCESS : undefined }],
          },
        ]
      : [],
  };
}

/** What failed before a stage that runs always, and that this one therefore does not hear of. */
function* passedOver(
  stage: ExplainedStage,
  { scope, stages }: ExplainedSet,
  isInherited: boolean,
): Iterable<Finding> {
  const needs = stage.stage.needs.flatMap((id) => stages.get(id) ?? []);
  const blind = needs.filter(isBlind);
  if (blind.length === 0) return;
  const heard = new Set(needs.flatMap((need) => [need.id, ...(isBlind(need) ? [] : need.stage.needs)]));
  for (const between of blind) {
    const missed = between.stage.needs.filter((id) => stages.has(id) && !heard.has(id));
    if (missed.length === 0) continue;
    const names = missed.map((id) => `\`${id}\``).join(', ');
    yield {
      path: [...stage.path, 'needs'],
      message: `\`${stage.id}\` also runs when ${names} failed: \`${between.id}\` always runs`,
      fixes: isInherited
        ? []
        : [
            {
              title: `Let ${stage.id} need ${missed.join(', ')}, too`,
              operations: missed.map((id) => ({ type: 'connect', scope, source: id, target: stage.id })),
            },
          ],
    };
  }
}
