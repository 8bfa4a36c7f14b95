import type { Operation } from '../../edits/operation.ts';
import type { ExplainedFile, ExplainedSet } from '../explained-file.ts';
import type { ExplainedStage } from '../explained-stage.ts';
import type { Rule } from '../explanation.ts';
import { isCommand, lockFileOf } from '../tools.ts';

export const couldRunInParallel: Rule = {
  code: 'could-run-in-parallel',
  severity: 'hint',
  summary: 'A check waits for another one that hands nothing on',
  why: 'Checks that only look at files do not depend on each other. Side by side they take as long as the slowest of them, and a failed one does not hide what the others say.',
  *find(file) {
    for (const set of file.sets) {
      for (const stage of set.stages.values()) {
        if (!stage.stage.needs.some((id) => handsNothingOn(set.stages.get(id))) || !isCheck(stage)) continue;
        for (const id of stage.stage.needs) {
          const need = set.stages.get(id);
          if (!handsNothingOn(need) || stage.reads(id)) continue;
          yield {
            path: [...stage.path, 'needs'],
            message: `\`${stage.id}\` waits for \`${id}\`, which hands nothing on`,
            fixes: fixesOf(file, set, need, stage),
          };
        }
      }
    }
  },
};

/** It only looks at files: whoever needs it finds them as they were. */
function handsNothingOn(stage: ExplainedStage | undefined): stage is ExplainedStage {
  if (stage === undefined) return false;
  const { condition, artifacts, outputs, caches, state } = stage.stage;
  const { commands, texts } = stage;
  return (
    condition === null &&
    artifacts.length + caches.length + state.length + Object.keys(outputs).length === 0 &&
    commands.some((words) => isCommand('pure-check', words)) &&
    commands.every((words) => isCommand('pure-check', words) || isCommand('plain', words)) &&
    !/>(?!&)|PIPEWRIGHT_|GITHUB_|--fix|--write/.test(texts)
  );
}

/** It judges, and does nothing that should wait for the judgement of others. */
function isCheck({ stage, commands, isDeployment }: ExplainedStage): boolean {
  const judges = (words: readonly string[]): boolean =>
    isCommand('pure-check', words) || isCommand('test', words);
  const isHarmless = (words: readonly string[]): boolean =>
    judges(words) ||
    isCommand('plain', words) ||
    (lockFileOf([words]) !== null && !words.includes('publish'));
  return stage.condition === null && !isDeployment && commands.some(judges) && commands.every(isHarmless);
}

/** More than this would be a change that nobody can follow. */
const MAX_OPERATIONS = 20;

/** What waited for the check through the stage waits for it itself then. */
function fixesOf(
  { source }: ExplainedFile,
  { scope, stages, neededBy }: ExplainedSet,
  need: ExplainedStage,
  stage: ExplainedStage,
) {
  const connect = (from: string, to: string): Operation => ({
    type: 'connect',
    scope,
    source: from,
    target: to,
  });
  const followers = (neededBy.get(stage.id) ?? []).filter(({ stage: { needs } }) => !needs.includes(need.id));
  const before = need.stage.needs.filter((id) => stages.has(id) && !stage.stage.needs.includes(id));
  const touched = [stage, ...followers].map(({ path }) => [...path, 'needs']);
  if (touched.some((path) => source.isInherited(path) || source.key(path).file !== undefined)) return [];
  const operations: readonly Operation[] = [
    ...before.map((id) => connect(id, stage.id)),
    ...followers.map(({ id }) => connect(need.id, id)),
    { type: 'disconnect', scope, source: need.id, target: stage.id },
  ];
  if (operations.length > MAX_OPERATIONS) return [];
  return [{ title: `Run ${stage.id} beside ${need.id}`, operations }];
}
