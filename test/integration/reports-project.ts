import { execFileSync } from 'node:child_process';
import type { RunSummary } from '#shared/api/schemas.ts';
import type { ApiFixture } from './api-fixture.ts';

export const REPORTS_PIPELINE = `name: Shop
stages:
  unit:
    run: test ! -e broken
    reports: { junit: unit.xml, coverage: lcov.info, sarif: lint.sarif, sbom: bom.json }
`;

export interface ProjectState {
  /** Lines of `src/money.js`. */
  readonly source: readonly string[];
  /** Hits of these lines in order; null: no line that can be covered. */
  readonly hits: readonly (number | null)[];
  readonly cases: Readonly<Record<string, 'passed' | 'failed' | 'skipped'>>;
  readonly findings: readonly string[];
  readonly isBroken?: boolean;
}

/** Writes a state of the project with the reports that its tools would write of it. */
export function writeProject(api: Pick<ApiFixture, 'write'>, state: ProjectState): void {
  api.write('src/money.js', `${state.source.join('\n')}\n`);
  api.write('unit.xml', junit(state.cases));
  const lines = state.hits.flatMap((hits, index) => (hits === null ? [] : [`DA:${index + 1},${hits}`]));
  api.write('lcov.info', ['SF:src/money.js', ...lines, 'end_of_record', ''].join('\n'));
  api.write('lint.sarif', sarif(state.findings));
  api.write('bom.json', BOM);
  if (state.isBroken) api.write('broken', '');
}

export function commit(dir: string, message: string): string {
  const git = (...words: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.test', ...words], {
      cwd: dir,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  git('add', '-A');
  git('-c', 'commit.gpgsign=false', 'commit', '--quiet', '--allow-empty', '-m', message);
  return git('rev-parse', 'HEAD').trim();
}

export function switchTo(dir: string, branch: string): void {
  execFileSync('git', ['checkout', '--quiet', '-b', branch], { cwd: dir });
}

export function initRepository(dir: string): void {
  execFileSync('git', ['init', '--quiet', '--initial-branch=main'], { cwd: dir });
}

/** Runs the pipeline to its end. */
export async function runToEnd(api: ApiFixture): Promise<RunSummary> {
  const { projectId, file } = api;
  const { body } = await api.call<RunSummary>('POST', '/runs', { projectId, file });
  const events = api.stream(`/runs/${body.id}/events?afterSeq=0`, new AbortController().signal);
  while ((await events.next()).done !== true);
  return api.host.store.runs.get(body.id);
}

function junit(cases: ProjectState['cases']): string {
  const body = Object.entries(cases).map(([name, status]) => {
    const inner = {
      passed: '',
      failed: '<failure message="expected 2 &lt;script&gt;">at src/money.js:2</failure>',
      skipped: '<skipped/>',
    };
    return `<testcase classname="Money" name="${name}" time="0.01">${inner[status]}</testcase>`;
  });
  return `<testsuites><testsuite name="money">${body.join('')}</testsuite></testsuites>`;
}

function sarif(findings: readonly string[]): string {
  const results = findings.map((text) => ({
    ruleId: 'no-float',
    level: 'error',
    message: { text },
    locations: [
      { physicalLocation: { artifactLocation: { uri: 'src/money.js' }, region: { startLine: 2 } } },
    ],
  }));
  return JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'lint' } }, results }] });
}

const BOM = JSON.stringify({
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  components: [{ type: 'library', name: 'big.js', version: '6.2.1', licenses: [{ license: { id: 'MIT' } }] }],
});
