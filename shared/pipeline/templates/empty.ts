import { pipelineText } from './pipeline-text.ts';
import type { PipelineTemplate } from './template.ts';

export const emptyTemplate: PipelineTemplate = {
  id: 'empty',
  title: 'Empty',
  summary: 'Nothing but a name: add stages on the canvas.',
  keywords: ['blank', 'new'],
  rank: 0,
  reason: () => null,
  write: ({ name }) => pipelineText({ about: [], name, stages: [] }),
};
