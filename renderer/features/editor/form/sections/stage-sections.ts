import { mappingOf } from '#shared/pipeline/raw-stages.ts';
import { MatrixField } from '../stage/matrix-field.tsx';
import { NeedsField } from '../stage/needs-field.tsx';
import { StageBody } from '../stage/stage-body.tsx';
import type { FormSection } from './form-section.ts';

const runsScripts = (stages: readonly unknown[]): boolean =>
  stages.some((stage) => mappingOf(stage)['run'] !== undefined || mappingOf(stage)['steps'] !== undefined);

/** Whether it works on a machine, rather than waits for a person or for another pipeline. */
const works = (stages: readonly unknown[]): boolean =>
  stages.some(
    (stage) => mappingOf(stage)['approval'] === undefined && mappingOf(stage)['pipeline'] === undefined,
  );

/** What a stage says besides its names, in the order in which one wants to know it. */
export const STAGE_SECTIONS: readonly FormSection[] = [
  {
    title: 'What it does',
    adds: 'something to do',
    keys: ['run', 'uses', 'steps', 'approval', 'pipeline', 'with'],
    isAlwaysOpen: true,
    content: StageBody,
  },
  {
    title: 'When',
    adds: 'a condition',
    keys: ['needs', 'if'],
    isAlwaysOpen: true,
    fields: { needs: NeedsField },
  },
  { title: 'Matrix', adds: 'a matrix', keys: ['matrix'], fields: { matrix: MatrixField } },
  { title: 'Retries', adds: 'retries', keys: ['retry'], isFor: works },
  { title: 'Time limit', adds: 'a time limit', keys: ['timeout', 'idle-timeout', 'grace'], isFor: works },
  { title: 'Failures', adds: 'what follows a failure', keys: ['continue-on-error'] },
  {
    title: 'Shell and folder',
    adds: 'a shell or folder',
    keys: ['shell', 'working-directory'],
    isFor: runsScripts,
  },
  { title: 'Environment variables', adds: 'environment variables', keys: ['env'], isFor: works },
  { title: 'Secrets', adds: 'secrets', keys: ['secrets'], isFor: works },
  { title: 'Artifacts', adds: 'artifacts', keys: ['artifacts'], isFor: works },
  { title: 'Outputs', adds: 'outputs', keys: ['outputs'] },
  { title: 'Cache', adds: 'a cache', keys: ['cache'], isFor: works },
  {
    title: 'Skip if unchanged',
    adds: 'a skip while nothing changes',
    keys: ['skip-if-unchanged'],
    isFor: works,
  },
  { title: 'Reports', adds: 'reports', keys: ['reports'], isFor: works },
  { title: 'Gates', adds: 'gates', keys: ['gate'], isFor: works },
  { title: 'Runs on', adds: 'where it runs', keys: ['runs-on'], isFor: works },
  { title: 'Container', adds: 'a container', keys: ['container'], isFor: works },
  { title: 'Services', adds: 'services beside it', keys: ['services'], isFor: works },
  { title: 'Resources', adds: 'limits of processors and memory', keys: ['resources'], isFor: works },
  { title: 'Environment', adds: 'the environment that it deploys to', keys: ['environment'] },
  {
    title: 'Concurrency',
    adds: 'a group, slots or locks',
    keys: ['concurrency', 'slots', 'locks'],
  },
  { title: 'State', adds: 'state that it writes', keys: ['state'], isFor: works },
  { title: 'Hooks', adds: 'hooks', keys: ['hooks'], isFor: works },
  { title: 'Templates', adds: 'a template', keys: ['extends'] },
];
