import { changedPackages } from './changed-packages.ts';
import { nodeStages } from './node.ts';
import { managerName } from './package-manager.ts';
import { block, pipelineText, script, type StageText } from './pipeline-text.ts';
import type { NodeFacts, ProjectFacts } from './project-facts.ts';
import type { PipelineTemplate } from './template.ts';

const PACKAGE = '${{ matrix.package }}';

export const monorepoTemplate: PipelineTemplate = {
  id: 'monorepo',
  title: 'Monorepo',
  summary: 'Finds the packages that changed and tests each of them in a stage of its own.',
  keywords: ['workspaces', 'packages', 'matrix', 'changed', 'lerna', 'turbo', 'nx'],
  rank: 3,
  reason({ node }) {
    if (node === null || node.workspaces.length === 0) return null;
    return `workspaces in ${node.workspaces.join(', ')}`;
  },
  write(facts) {
    const { node, name, mainBranch } = facts;
    const isNode = node !== null && node.workspaces.length > 0;
    const globs = isNode ? node.workspaces : ['packages/*'];
    const installs = isNode ? nodeStages(node).filter(({ id }) => id === 'install') : [];
    return pipelineText({
      about: [
        'Tests and builds the packages that changed, each in a stage of its own, and leaves the rest alone.',
        `Packages are folders like ${globs.join(', ')} with a ${manifestOf(facts)}.`,
      ],
      name,
      head: [
        'timeout: 1h',
        ...block('inputs', [
          `since: { default: ${mainBranch}, description: The branch or commit that packages are compared with }`,
        ]),
        ...block('env', ['CI: true']),
      ],
      stages: [
        changedStage(globs, manifestOf(facts)),
        ...installs,
        ...packageStages(isNode ? node : null, ['changed', ...installs.map(({ id }) => id)]),
      ],
    });
  },
};

function manifestOf({ node, go, rust, python }: ProjectFacts): string {
  if (node !== null) return 'package.json';
  if (rust !== null) return 'Cargo.toml';
  if (go !== null) return 'go.mod';
  return python === null ? 'package.json' : 'pyproject.toml';
}

const changedStage = (globs: readonly string[], manifest: string): StageText => ({
  id: 'changed',
  about: ['Its output becomes the matrix of the stages below. Needs Git and Node.'],
  lines: [
    'shell: node',
    ...block('env', ["SINCE: '${{ inputs.since }}'"]),
    ...script('run', changedPackages(globs, manifest)),
    'timeout: 2m',
  ],
});

function packageStages(node: NodeFacts | null, needs: readonly string[]): readonly StageText[] {
  const stage = (id: string, name: string, command: string, after: readonly string[]): StageText => ({
    id,
    needs: after,
    lines: [
      `name: ${name} ${PACKAGE}`,
      ...block('matrix', ['package: ${{ fromJSON(needs.changed.outputs.packages) }}', 'fail-fast: false']),
      `working-directory: ${PACKAGE}`,
      `run: ${command}`,
      'timeout: 15m',
    ],
  });
  if (node === null) {
    return [
      {
        ...stage('test', 'Test', 'echo "Here the package would be tested."', needs),
        about: ['Replace the command by what tests one package; it runs in the folder of the package.'],
      },
    ];
  }
  const runs = (script: string): string =>
    managerName(node) === 'yarn' ? `yarn run ${script}` : `${managerName(node)} run --if-present ${script}`;
  return [stage('test', 'Test', runs('test'), needs), stage('build', 'Build', runs('build'), needs)];
}
