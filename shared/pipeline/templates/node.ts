import { installLines, managerName, runScript } from './package-manager.ts';
import { block, type Line, pipelineText, type StageText } from './pipeline-text.ts';
import type { NodeFacts } from './project-facts.ts';
import type { PipelineTemplate } from './template.ts';

/** Scripts by the names that projects give them, as the stages that they become. */
const CHECKS = [
  { id: 'format', scripts: ['format:check', 'check:format', 'prettier:check'] },
  { id: 'lint', scripts: ['lint'] },
  { id: 'types', scripts: ['typecheck', 'type-check', 'check:types', 'types'] },
] as const;
const END_TO_END = ['test:e2e', 'e2e'];
const DEFAULTS: NodeFacts = {
  manager: 'npm',
  lockFile: 'package-lock.json',
  hasDependencies: true,
  scripts: ['lint', 'test', 'build'],
  testRunner: null,
  workspaces: [],
};

export const nodeTemplate: PipelineTemplate = {
  id: 'node',
  title: 'Node.js',
  summary: 'Installs, then lints, tests and builds side by side.',
  keywords: ['javascript', 'typescript', 'npm', 'pnpm', 'yarn', 'bun'],
  rank: 1,
  reason({ node }) {
    if (node === null) return null;
    const script = (['test', 'build', 'lint'] as const).find((name) => node.scripts.includes(name));
    const file = script === undefined ? 'package.json' : `package.json with a ${script} script`;
    return node.lockFile === null ? file : `${file}, ${node.lockFile}`;
  },
  write({ name, node }) {
    const facts = node ?? DEFAULTS;
    return pipelineText({
      about: [
        `Checks, tests and builds the project with ${managerName(facts)}.`,
        'A stage starts as soon as what it needs is done; the rest runs side by side.',
      ],
      name,
      head: ['timeout: 30m', ...block('env', ['CI: true'])],
      stages: nodeStages(facts),
    });
  },
};

/** What a project has scripts for. Never empty. */
export function nodeStages(node: NodeFacts = DEFAULTS): readonly StageText[] {
  const installs = node.hasDependencies || node.lockFile !== null;
  const needs = installs ? ['install'] : [];
  const simple = (id: string, names: readonly string[], limit: string): readonly StageText[] => {
    const found = names.find((name) => node.scripts.includes(name));
    return found === undefined
      ? []
      : [{ id, needs, lines: [`run: ${runScript(node, found)}`, `timeout: ${limit}`] }];
  };
  const stages: readonly StageText[] = [
    ...(installs ? [installStage(node)] : []),
    ...CHECKS.flatMap(({ id, scripts }) => simple(id, scripts, '5m')),
    ...(node.scripts.includes('test') ? [unitStage(node, needs)] : []),
    ...(node.scripts.includes('build') ? [buildStage(node, needs)] : []),
  ];
  const build = stages.find(({ id }) => id === 'build');
  const e2e = simple('e2e', END_TO_END, '20m').map((stage) =>
    build === undefined ? stage : { ...stage, needs: ['build'] },
  );
  const all = [...stages, ...e2e];
  return all.length > 0 ? all : [versionStage];
}

const versionStage: StageText = {
  id: 'check',
  about: ['package.json has no scripts yet that could run here: put your own commands in their place.'],
  lines: ['run: node --version', 'timeout: 1m'],
};

const installStage = (node: NodeFacts): StageText => ({
  id: 'install',
  about: [
    node.lockFile === null
      ? 'Downloads are kept from run to run. A lock file would make each install the same.'
      : `Downloads are kept from run to run, and made anew when ${node.lockFile} changes.`,
  ],
  lines: installLines(node),
});

function unitStage(node: NodeFacts, needs: readonly string[]): StageText {
  const { about, args, env, junit } = results(node);
  return {
    id: 'unit',
    about,
    needs,
    lines: [
      'uses: test.unit',
      ...block('with', [`command: ${runScript(node, 'test', args)}`, junit !== null && `junit: ${junit}`]),
      ...(env === null ? [] : block('env', [env])),
      'timeout: 15m',
    ],
  };
}

/** How the tests are told to write JUnit XML, so that each of them is shown. */
function results(node: NodeFacts): { about: Line[]; args: string; env: string | null; junit: string | null } {
  switch (node.testRunner) {
    case 'node': {
      const reporters = ['spec', 'stdout', 'junit', 'unit.xml'].map(
        (word, index) => `--test-reporter${index % 2 === 0 ? '' : '-destination'}=${word}`,
      );
      return { about: [], args: '', env: `NODE_OPTIONS: ${reporters.join(' ')}`, junit: 'unit.xml' };
    }
    case 'vitest':
      return {
        about: [],
        args: '--reporter=default --reporter=junit --outputFile.junit=reports/unit.xml',
        env: null,
        junit: 'reports/unit.xml',
      };
    case 'jest-junit':
      return {
        about: [],
        args: '--ci --reporters=default --reporters=jest-junit',
        env: 'JEST_JUNIT_OUTPUT_DIR: reports',
        junit: 'reports/junit.xml',
      };
    case null: {
      const about =
        'Let the tests write JUnit XML and name it as `junit` below `with`: then each test is shown.';
      return { about: [about], args: '', env: null, junit: null };
    }
  }
}

const buildStage = (node: NodeFacts, needs: readonly string[]): StageText => ({
  id: 'build',
  about: ['What it leaves in these folders is kept with the run.'],
  needs,
  lines: [
    `run: ${runScript(node, 'build')}`,
    'timeout: 10m',
    ...block('artifacts', ['name: build', 'paths: [dist/**, build/**, out/**]']),
  ],
});
