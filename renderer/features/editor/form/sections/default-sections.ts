import type { FormSection } from './form-section.ts';

/** What a file can say for all stages that do not say it themselves. */
export const DEFAULT_SECTIONS: readonly FormSection[] = [
  { title: 'Time limit of stages', adds: 'a time limit of stages', keys: ['timeout'] },
  { title: 'Shell and folder', adds: 'a shell or folder', keys: ['shell', 'working-directory'] },
  { title: 'Variables of stages', adds: 'variables of stages', keys: ['env'] },
  { title: 'Runs on', adds: 'where stages run', keys: ['runs-on'] },
  { title: 'Container', adds: 'a container', keys: ['container'] },
  { title: 'Retries', adds: 'retries', keys: ['retry'] },
  { title: 'Failures', adds: 'going on after a failure', keys: ['continue-on-error'] },
];
