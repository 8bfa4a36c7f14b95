import type { ValuePath } from '#shared/pipeline/source-map.ts';

/** A stage to fill in, in the form of CodeMirror's snippets. */
export interface StageSnippet {
  readonly label: string;
  readonly detail: string;
  readonly template: string;
}

export const STAGE_SNIPPETS: readonly StageSnippet[] = [
  { label: 'script', detail: 'new stage', template: '${id}:\n  run: ${command}' },
  {
    label: 'catalog',
    detail: 'new stage with a kind',
    template: '${id}:\n  uses: ${kind}\n  with:\n    ${}',
  },
  {
    label: 'approve',
    detail: 'new stage that waits for a person',
    template: '${id}:\n  needs: [${stage}]\n  approval:\n    message: ${Go on?}',
  },
  {
    label: 'matrix',
    detail: 'new stage with several legs',
    template: '${id}:\n  matrix:\n    ${name}: [${values}]\n  run: ${command}',
  },
];

/** Whether a path leads to the stages of the file or of one of its pipelines. */
export const isStages = (path: ValuePath): boolean =>
  path.at(-1) === 'stages' && (path.length === 1 || (path.length === 3 && path[0] === 'pipelines'));
