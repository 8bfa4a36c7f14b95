import { describeRule } from '#test/support/explain/describe-rule.ts';
import { unusedArtifact } from './unused-artifact.ts';

const file = (after: string, artifact = '{ name: site, paths: dist/** }', workspace = 'isolated'): string =>
  `workspace: ${workspace}\nstages:\n  build: { run: make, artifacts: ${artifact} }\n  after: { needs: build, ${after} }\n`;

describeRule(unusedArtifact, {
  fires: {
    'files that a stage gets and does not look at': file('run: echo done'),
    'files for somebody who approves': file('approval: {}'),
  },
  quiet: {
    'files that a stage names': file('run: ls dist'),
    'files that a stage may find': file('run: ls .'),
    'commands that may read anything': file('run: ./publish.sh'),
    'files that are kept for a time': file(
      'run: echo done',
      '{ name: site, paths: dist/**, retention: 30d }',
    ),
    'one workspace for all stages': file('run: echo done', undefined, 'shared'),
    'files that nobody is handed':
      'workspace: isolated\nstages: { a: { run: make, artifacts: { name: x, paths: dist } } }\n',
  },
});
