import { DefaultsField } from '../fields/defaults-field.tsx';
import { PipelinesField } from '../fields/pipelines-field.tsx';
import { TemplatesField } from '../fields/templates-field.tsx';
import { TriggersField } from '../fields/triggers-field.tsx';
import { NEW_PIPELINE, NEW_TEMPLATE } from '../schema/new-parts.ts';
import type { FormSection } from './form-section.ts';

/** What a file says besides its stages, in the order in which one wants to know it. */
export const FILE_SECTIONS: readonly FormSection[] = [
  { title: 'Pipeline', adds: 'a name', keys: ['name'], isAlwaysOpen: true },
  {
    title: 'Triggers',
    adds: 'what starts it',
    keys: ['on'],
    isAlwaysOpen: true,
    fields: { on: TriggersField },
  },
  { title: 'Inputs', adds: 'inputs', keys: ['inputs'] },
  { title: 'Environment', adds: 'variables', keys: ['env'] },
  { title: 'Fixed values', adds: 'fixed values', keys: ['vars'] },
  { title: 'Secrets', adds: 'secrets', keys: ['secrets'] },
  { title: 'Workspace', adds: 'another workspace', keys: ['workspace'] },
  {
    title: 'Limits',
    adds: 'limits of a run',
    keys: ['timeout', 'max-parallel', 'fail-fast'],
  },
  { title: 'Concurrency', adds: 'a group of runs', keys: ['concurrency'] },
  { title: 'Interruptions', adds: 'what follows a restart', keys: ['on-restart'] },
  { title: 'Retention', adds: 'how long runs are kept', keys: ['retention'] },
  { title: 'State', adds: 'values that outlive a run', keys: ['state'] },
  { title: 'Notifications', adds: 'who is told', keys: ['notifications'] },
  { title: 'Hooks', adds: 'steps after the run', keys: ['hooks'] },
  {
    title: 'Defaults',
    adds: 'defaults of all stages',
    keys: ['defaults'],
    fields: { defaults: DefaultsField },
  },
  {
    title: 'Templates',
    adds: 'a template',
    keys: ['templates'],
    fields: { templates: TemplatesField },
    first: { template: NEW_TEMPLATE },
  },
  {
    title: 'Pipelines',
    adds: 'a pipeline',
    keys: ['pipelines'],
    fields: { pipelines: PipelinesField },
    first: { pipeline: NEW_PIPELINE },
  },
  { title: 'Included files', adds: 'files', keys: ['include'] },
  { title: 'Outputs', adds: 'outputs for callers', keys: ['outputs'] },
];

/** What a pipeline of a file says besides its stages. */
export const PIPELINE_SECTIONS: readonly FormSection[] = [
  { title: 'Pipeline', adds: 'a name', keys: ['name'], isAlwaysOpen: true },
  { title: 'Inputs', adds: 'inputs', keys: ['inputs'] },
  { title: 'Environment', adds: 'variables', keys: ['env'] },
  { title: 'Outputs', adds: 'outputs for callers', keys: ['outputs'] },
];
