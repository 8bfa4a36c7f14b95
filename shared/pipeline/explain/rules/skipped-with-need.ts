import { usesStatusFunction } from '../../../expressions/evaluate-condition.ts';
import type { ExplainedStage } from '../explained-stage.ts';
import type { Rule } from '../explanation.ts';

const UNLESS_FAILED = '${{ !failure() && !cancelled() }}';

export const skippedWithNeed: Rule = {
  code: 'skipped-with-need',
  severity: 'hint',
  summary: 'A stage that joins branches is skipped when one of them is',
  why: 'A stage whose condition does not hold is skipped, and so is all that needs it. Where branches come together, that also throws away what the others have done.',
  *find({ sets, source }) {
    for (const { stages } of sets) {
      for (const stage of stages.values()) {
        if (stage.stage.condition !== null || stage.stage.needs.length < 2) continue;
        const needs = stage.stage.needs.flatMap((id) => stages.get(id) ?? []);
        const optional = needs.filter(isOptional);
        if (optional.length === 0 || optional.length === needs.length) continue;
        const names = optional.map(({ id }) => `\`${id}\``).join(' or ');
        const isElsewhere = source.key(stage.path).file !== undefined;
        yield {
          path: [...stage.path, 'needs'],
          message: `\`${stage.id}\` is skipped whenever ${names} is`,
          fixes: isElsewhere
            ? []
            : [
                {
                  title: `Run ${stage.id} unless something failed`,
                  operations: [{ type: 'set-field', path: [...stage.path, 'if'], value: UNLESS_FAILED }],
                },
              ],
        };
      }
    }
  },
};

/** It may be skipped though nothing has failed. The legs of a matrix are skipped one by one. */
const isOptional = ({ stage: { condition } }: ExplainedStage): boolean =>
  condition !== null && usesStatusFunction(condition) === 'none' && !/\bmatrix\b/i.test(condition);
