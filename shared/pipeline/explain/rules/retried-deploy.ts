import { mappingOf } from '../../raw-stages.ts';
import type { ExplainedFile } from '../explained-file.ts';
import type { ExplainedStage } from '../explained-stage.ts';
import type { Fix, Rule } from '../explanation.ts';

export const retriedDeploy: Rule = {
  code: 'retried-deploy',
  severity: 'warning',
  summary: 'A deployment is tried again whatever it ended with',
  why: 'A deployment that failed half-way has changed something already, and another try may make it worse. `on: [infra-error]` tries again only what could not run at all.',
  *find(file) {
    const { defaults } = file.pipeline;
    const isDefaultOpen = mappingOf(file.valueAt(['defaults', 'retry']))['on'] === undefined;
    for (const stage of file.stages) {
      const own = stage.stage.retry;
      const isOpen = own === null ? isDefaultOpen : mappingOf(stage.raw['retry'])['on'] === undefined;
      if ((own ?? defaults.retry)?.max === undefined || (own ?? defaults.retry)?.max === 0) continue;
      if (!isOpen || !stage.isDeployment) continue;
      yield {
        path: own === null ? stage.path : [...stage.path, 'retry'],
        message: `\`${stage.id}\` deploys again after any failure`,
        fixes: fixesOf(file, stage),
      };
    }
  },
};

function fixesOf(file: ExplainedFile, { path, raw, stage }: ExplainedStage): readonly Fix[] {
  const written = stage.retry === null ? [...path, 'retry'] : file.writtenPath([...path, 'retry']);
  if (written === null) return [];
  if (stage.retry === null) {
    const operations = [{ type: 'set-field', path: written, value: 0 }] as const;
    return [{ title: 'Do not retry this stage', operations }];
  }
  const on = ['infra-error'];
  const isMapping = mappingOf(raw['retry']) === raw['retry'];
  return [
    {
      title: 'Retry only what could not run',
      operations: [
        isMapping
          ? { type: 'set-field', path: [...written, 'on'], value: on }
          : { type: 'set-field', path: written, value: { max: stage.retry.max, on } },
      ],
    },
  ];
}
