import { linkCheck } from './link-check.ts';
import { nodeStages } from './node.ts';
import { runScript } from './package-manager.ts';
import { block, lastStages, pipelineText, script, type StageText } from './pipeline-text.ts';
import type { ProjectFacts, SiteFacts } from './project-facts.ts';
import type { PipelineTemplate } from './template.ts';

const PAGES: SiteFacts = { tool: 'HTML', command: null, folder: '.' };
const BUILT: SiteFacts = { tool: 'package.json', command: null, folder: 'dist' };

export const staticSiteTemplate: PipelineTemplate = {
  id: 'static-site',
  title: 'Static site',
  summary: 'Builds the pages, follows their links, and publishes from the main branch.',
  keywords: ['html', 'vite', 'astro', 'hugo', 'jekyll', 'mkdocs', 'docusaurus', 'documentation', 'website'],
  rank: 2,
  reason({ site }) {
    if (site === null) return null;
    return site.tool === 'HTML' ? 'pages of HTML' : `${site.tool}, which writes to ${site.folder}`;
  },
  write(facts) {
    const builds = facts.node?.scripts.includes('build') === true;
    const site = facts.site ?? (builds ? BUILT : PAGES);
    const before = buildStages(facts, site);
    return pipelineText({
      about: ['Builds the site, looks for links that lead nowhere, and publishes it from the main branch.'],
      name: facts.name,
      head: [
        'timeout: 30m',
        ...block('env', ['CI: true']),
        ...block('vars', ['# The address of the published site.', "site: ''"]),
      ],
      stages: [
        ...before,
        checkStage(site, before.some(({ id }) => id === 'build') ? ['build'] : []),
        ...publishStages(facts, [...lastStages(before).filter((id) => id !== 'build'), 'links']),
      ],
    });
  },
};

/** What comes before the pages can be looked at; empty where they are there already. */
function buildStages(facts: ProjectFacts, { command, folder, tool }: SiteFacts): readonly StageText[] {
  const { node } = facts;
  const isScript = command === null && tool !== 'HTML' && node !== null;
  const others = node === null ? [] : nodeStages(node).filter(({ id }) => id !== 'check' && id !== 'build');
  const run = isScript ? runScript(node, 'build') : command;
  if (run === null) return others;
  const needs = others.some(({ id }) => id === 'install') ? ['install'] : [];
  return [...others, { id: 'build', needs, lines: [`run: ${run}`, 'timeout: 10m', ...artifact(folder)] }];
}

const artifact = (folder: string): readonly string[] =>
  block('artifacts', ['name: site', `paths: ${folder}/**`, 'if-no-files-found: error']);

const checkStage = ({ command, folder, tool }: SiteFacts, needs: readonly string[]): StageText => ({
  id: 'links',
  about: [
    'Links to files of the site, as they stand in its pages. Needs Node; links to elsewhere are not tried.',
  ],
  needs,
  lines: [
    'shell: node',
    ...script('run', linkCheck(folder)),
    'timeout: 5m',
    // Nothing was built: the pages are kept here.
    ...(tool === 'HTML' && command === null
      ? block('artifacts', [
          'name: site',
          `paths: ${folder === '.' ? "'**/*.{html,css,js,svg,png,jpg,webp,woff2}'" : `${folder}/**`}`,
          "exclude: ['node_modules/**', '.git/**']",
        ])
      : []),
  ],
});

const VISIT = `
const url = process.env.SITE;
const answer = url === '' ? null : await fetch(url, { signal: AbortSignal.timeout(10_000) });
console.log(answer === null ? 'vars.site is empty: nothing to visit.' : \`\${answer.status} \${url}\`);
if (answer?.ok === false) process.exit(1);
`;

const publishStages = ({ mainBranch }: ProjectFacts, needs: readonly string[]): readonly StageText[] => [
  {
    id: 'publish',
    about: [
      'Replace the command by what brings the pages to their server, such as rsync; name the secrets that',
      'it needs as `secrets: [NAME]`.',
    ],
    needs,
    lines: [
      `if: git.branch == '${mainBranch}'`,
      'environment: site',
      'run: echo "Here the site would be published."',
      'timeout: 10m',
    ],
  },
  {
    id: 'visit',
    about: ['Asks the published site for its first page. Needs Node.'],
    needs: ['publish'],
    lines: [
      'shell: node',
      ...block('env', ["SITE: '${{ vars.site }}'"]),
      ...script('run', VISIT),
      'timeout: 2m',
      'retry: 2',
    ],
  },
];
