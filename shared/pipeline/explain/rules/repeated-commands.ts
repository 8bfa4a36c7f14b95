import { freeId } from '../../edits/stage-paths.ts';
import { mappingOf } from '../../raw-stages.ts';
import type { ExplainedFile } from '../explained-file.ts';
import type { ExplainedStage } from '../explained-stage.ts';
import type { Rule } from '../explanation.ts';

/** Shorter scripts are easier to read twice than a template once. */
const MIN_LINES = 3;

export const repeatedCommands: Rule = {
  code: 'repeated-commands',
  severity: 'hint',
  summary: 'Several stages run the same commands',
  why: 'Who changes one of them has to remember the others. A template holds what they have in common, and each stage says only what is different.',
  *find(file) {
    for (const { scope, stages } of file.sets) {
      for (const alike of groupsOf(file, [...stages.values()])) {
        const [first, second] = alike;
        if (first === undefined || second?.bodyPath == null) continue;
        const ids = alike.map(({ id }) => id);
        const template = freeId(new Set(Object.keys(mappingOf(file.valueAt(['templates'])))), nameFor(ids));
        yield {
          path: second.bodyPath,
          message: `\`${second.id}\` runs the same commands as \`${first.id}\`${moreThan(alike.length)}`,
          fixes: [
            {
              title: `Put them into a template ${template}`,
              operations: [{ type: 'extract-template', scope, ids, template }],
            },
          ],
        };
      }
    }
  },
};

/** Stages that each write the same work themselves. */
function groupsOf(
  file: ExplainedFile,
  stages: readonly ExplainedStage[],
): readonly (readonly ExplainedStage[])[] {
  const groups = new Map<string, ExplainedStage[]>();
  for (const stage of stages) {
    const { bodyPath, works, raw } = stage;
    if (bodyPath === null || works.length === 0 || linesOf(stage) < MIN_LINES) continue;
    if (file.source.isInherited(bodyPath) || file.source.key(bodyPath).file !== undefined) continue;
    const body = String(bodyPath.at(-1));
    const key = JSON.stringify([body, raw[body], raw['with']]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [stage]);
    else group.push(stage);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

const linesOf = ({ works }: ExplainedStage): number =>
  works
    .map(({ content }) => (content.type === 'run' ? content.script : content.with['command']))
    .flatMap((script) => (typeof script === 'string' ? script.split('\n') : []))
    .filter((line) => line.trim() !== '').length;

const moreThan = (count: number): string => (count > 2 ? ` and ${count - 2} more` : '');

/** What the ids begin with: `unit` of `unit-linux` and `unit-mac`. */
function nameFor(ids: readonly string[]): string {
  const [first = ''] = ids;
  let length = 0;
  while (length < first.length && ids.every((id) => id[length] === first[length])) length += 1;
  const common = first.slice(0, length).replace(/[-_\d]+$/, '');
  return /^[A-Za-z_][\w-]{2,}$/.test(common) ? common : 'shared';
}
