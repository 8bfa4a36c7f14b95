import { listOf, mappingOf } from '../../raw-stages.ts';
import type { ValuePath } from '../../source-map.ts';
import type { ExplainedStage } from '../explained-stage.ts';
import type { Rule } from '../explanation.ts';
import { textsIn } from '../texts-in.ts';
import { isCommand } from '../tools.ts';

export const unusedSecret: Rule = {
  code: 'unused-secret',
  severity: 'hint',
  summary: 'A stage is given a secret that nothing in it uses',
  why: 'Every command of the stage sees it in its environment. What does not get a secret cannot leak it.',
  *find(file) {
    for (const stage of file.stages) {
      if (stage.stage.secrets.length === 0 || !readsNoSecrets(stage)) continue;
      const rest = textsIn({ ...stage.raw, secrets: null }).join('\n');
      for (const { path, variable, secret } of entriesOf(stage)) {
        if (rest.includes(variable) || rest.includes(secret)) continue;
        const written = file.writtenPath(path);
        yield {
          path,
          message: `Nothing in \`${stage.id}\` uses the secret \`${variable}\``,
          fixes:
            written === null
              ? []
              : [
                  {
                    title: `Do not give it ${variable}`,
                    operations: [{ type: 'set-field', path: written, value: undefined }],
                  },
                ],
        };
      }
    }
  },
};

/** All that it runs is known, and looks into no variable that it is not told of. */
const readsNoSecrets = ({ works, commands }: ExplainedStage): boolean =>
  works.length > 0 &&
  works.every(({ content }) => content.type === 'run') &&
  commands.length > 0 &&
  commands.every((words) => isCommand('plain', words) || isCommand('pure-check', words));

interface GivenSecret {
  readonly path: ValuePath;
  readonly variable: string;
  readonly secret: string;
}

function entriesOf({ raw, path }: ExplainedStage): readonly GivenSecret[] {
  const { secrets } = raw;
  const at = [...path, 'secrets'];
  if (mappingOf(secrets) === secrets) {
    return Object.entries(mappingOf(secrets)).map(([variable, secret]) => ({
      path: [...at, variable],
      variable,
      secret: String(secret),
    }));
  }
  return listOf(secrets).map((name, index) => ({
    path: Array.isArray(secrets) ? [...at, index] : at,
    variable: String(name),
    secret: String(name),
  }));
}
