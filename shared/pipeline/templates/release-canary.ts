import { goStages } from './go.ts';
import { gradleStages, mavenStages } from './java.ts';
import { nodeStages } from './node.ts';
import { block, lastStages, type Line, pipelineText, script, type StageText } from './pipeline-text.ts';
import type { ProjectFacts } from './project-facts.ts';
import { pythonHead, pythonStages } from './python.ts';
import { rustStages } from './rust.ts';
import type { PipelineTemplate } from './template.ts';

const WATCH = `
const url = process.env.HEALTH;
if (url === '') console.log('vars.health is empty: nothing to watch.');
for (let look = 0; url !== '' && look < 20; look++) {
  const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) });
  console.log(new Date().toISOString(), answer.status);
  if (!answer.ok) process.exit(1);
  await new Promise((resolve) => setTimeout(resolve, 3_000));
}
`;

export const releaseCanaryTemplate: PipelineTemplate = {
  id: 'release-canary',
  title: 'Release with canary',
  summary:
    'Builds, gives a few users the new version, watches it, asks, then rolls out; rolls back on failure.',
  keywords: ['deploy', 'deployment', 'rollout', 'rollback', 'approval', 'production'],
  rank: 0,
  reason: () => null,
  write(facts) {
    const { head, stages } = projectStages(facts);
    return pipelineText({
      about: [
        'Releases a version in two steps: first to a few users, then, when somebody agrees, to all.',
        'The commands of canary, roll-out and roll-back are placeholders: put those of your servers there.',
      ],
      name: `${facts.name} release`,
      head: [
        ...block('inputs', ['version: { required: true, description: The version to release }']),
        '# Two releases never overlap; a second one waits.',
        'concurrency: release',
        ...withVars(head),
      ],
      stages: [...stages, ...releaseStages(lastStages(stages))],
    });
  },
};

/** The file's own variables, joined with those that the project's stages stand on. */
function withVars(head: readonly Line[]): readonly Line[] {
  const health = ['# An address that answers with 200 while all is well.', "health: ''"];
  if (head[0] === 'vars:') return ['vars:', ...block('', health).slice(1), ...head.slice(1)];
  return [...block('vars', health), ...head];
}

function projectStages(facts: ProjectFacts): {
  head: readonly Line[];
  stages: readonly StageText[];
} {
  const { node, python, go, rust, maven, gradle } = facts;
  const bare = (stages: readonly StageText[]) => ({ head: [], stages });
  if (node !== null) return bare(nodeStages(node));
  if (python !== null) return { head: pythonHead(facts), stages: pythonStages(facts) };
  if (go !== null) return bare(goStages());
  if (rust !== null) return bare(rustStages(rust));
  if (maven !== null) return bare(mavenStages(facts));
  if (gradle !== null) return bare(gradleStages(facts));
  return bare([
    {
      id: 'build',
      about: ['Replace: what builds and tests the version.'],
      lines: ['run: echo "Here ${{ inputs.version }} would be built."', 'timeout: 30m'],
    },
  ]);
}

const releaseStages = (built: readonly string[]): readonly StageText[] => [
  {
    id: 'canary',
    about: ['Replace: give the version to a few users, such as one server of ten.'],
    needs: built,
    lines: [
      'environment: canary',
      'run: echo "Here ${{ inputs.version }} would go to a few users."',
      'timeout: 10m',
    ],
  },
  {
    id: 'watch',
    about: ['A minute of looking at the canary. Needs Node.'],
    needs: ['canary'],
    lines: [
      'shell: node',
      ...block('env', ["HEALTH: '${{ vars.health }}'"]),
      ...script('run', WATCH),
      'timeout: 5m',
    ],
  },
  {
    id: 'agree',
    needs: ['watch'],
    lines: [
      ...block('approval', [
        'message: Give ${{ inputs.version }} to everybody?',
        'timeout: 1d',
        'on-timeout: reject',
      ]),
    ],
  },
  {
    id: 'roll-out',
    needs: ['agree'],
    lines: [
      'environment: production',
      'run: echo "Here ${{ inputs.version }} would go to everybody."',
      'timeout: 30m',
    ],
  },
  {
    id: 'roll-back',
    about: ['Runs only when something since the canary failed, or nobody agreed.'],
    needs: ['canary', 'watch', 'agree', 'roll-out'],
    lines: [
      "if: failure() && needs.canary.result != 'skipped'",
      'run: echo "Here the version before would come back."',
      'timeout: 10m',
    ],
  },
];
