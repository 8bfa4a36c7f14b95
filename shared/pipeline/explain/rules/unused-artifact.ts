import { itemPath } from '../../raw-stages.ts';
import type { ExplainedStage } from '../explained-stage.ts';
import type { Rule } from '../explanation.ts';
import { isCommand } from '../tools.ts';

export const unusedArtifact: Rule = {
  code: 'unused-artifact',
  severity: 'hint',
  summary: 'An artifact is handed to stages that do nothing with it',
  why: 'With `workspace: isolated` an artifact is stored and unpacked for every stage that needs this one. That takes time and space which nothing gains from.',
  *find({ pipeline, sets }) {
    if (pipeline.workspace !== 'isolated') return;
    for (const { stages, neededBy } of sets) {
      for (const stage of stages.values()) {
        const readers = neededBy.get(stage.id) ?? [];
        if (readers.length === 0) continue;
        for (const [index, artifact] of stage.stage.artifacts.entries()) {
          // A time of its own says that somebody comes for it.
          if (artifact.retentionMs !== undefined) continue;
          const parts = [artifact.name, ...artifact.paths.flatMap(literalParts)];
          if (!readers.every((reader) => visiblyIgnores(reader, parts))) continue;
          const path = itemPath([...stage.path, 'artifacts'], stage.raw['artifacts'], index);
          yield { path, message: `No stage does anything with the artifact \`${artifact.name}\`` };
        }
      }
    }
  },
};

/** The names in a glob that say which files it means. */
const literalParts = (glob: string): readonly string[] =>
  glob
    .split('/')
    .flatMap((part) => part.split(/[*?[\]{}!]+|\$\{\{.*?\}\}/).filter((text) => text.length > 1));

/** Whether all that it does is known to read none of these files. */
function visiblyIgnores({ stage, commands, texts }: ExplainedStage, parts: readonly string[]): boolean {
  if (stage.body.type === 'approval') return true;
  if (stage.body.type !== 'run' && stage.body.type !== 'steps') return false;
  return (
    commands.every(
      (words) => isCommand('plain', words) && !words.some((word) => /[*?]|^\.\/?$/.test(word)),
    ) && !parts.some((part) => texts.includes(part))
  );
}
