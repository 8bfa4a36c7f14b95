import { z } from 'zod';
import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { TestCase, TestReport } from '#shared/reports/test-report.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import { failed } from '../tools/verdict.ts';
import { type AccessProbe, npmProbe, ociProbe } from './access/probes.ts';
import type { Peer } from './http/peer.ts';
import { publishSettings, serverUrl } from './settings.ts';

const rightSchema = z.enum(['allowed', 'refused']);
type Right = z.infer<typeof rightSchema>;

const principalSchema = z.strictObject({
  name: z.string().min(1).describe('Who it is, for people'),
  username: z
    .string()
    .default('')
    .describe('The user; empty with an empty token: anybody, without signing in'),
  password: z.string().default('').describe('The password, as a secret'),
  token: z.string().default('').describe('A token instead, as a secret'),
  pull: rightSchema.describe('Whether they may read'),
  push: rightSchema.describe('Whether they may publish'),
});

const settings = z.strictObject({
  type: z.enum(['npm', 'oci']).describe('What the registry speaks').meta({ title: 'Type' }),
  registry: z
    .string()
    .min(1)
    .describe('The address of the registry')
    .meta({ title: 'Registry', examples: ['https://npm.example/', 'https://registry.example'] }),
  name: z
    .string()
    .min(1)
    .describe('A package (npm), or a repository with a tag (oci), that is there')
    .meta({ title: 'Package', examples: ['@team/shop', 'team/shop:1.4.0'] }),
  principals: z
    .array(principalSchema)
    .min(1)
    .describe('Who is tried, with what they are to be allowed')
    .meta({ title: 'Who', examples: [[{ name: 'anybody', pull: 'refused', push: 'refused' }]] }),
  retries: publishSettings.retries,
});
type Settings = z.output<typeof settings>;

/** Who may read and publish in a registry, as it really is. */
export const publishAccess = defineKind({
  id: 'publish.access',
  title: 'Access to a registry',
  summary: 'Tries who may read and who may publish in a registry, and compares it with what is to be',
  docs: [
    'Tries for each of `principals` whether they may read the package and whether they may publish it, and compares both with',
    'what is expected. Nothing is published: an npm registry gets a request to publish nothing, which it refuses to everybody,',
    'but in another way to who may not; a container registry is asked to begin an upload, which is given up at once.',
    '',
    'Each is a test of the report. Fails when any is another than expected; could not judge when the registry fails, or does',
    'not have the package.',
  ].join('\n'),
  settings,
  example: {
    type: 'npm',
    registry: '${{ env.NPM_REGISTRY }}',
    name: 'shop',
    principals: [
      { name: 'anybody', pull: 'refused', push: 'refused' },
      { name: 'ci', token: '${{ secrets.NPM_TOKEN }}', pull: 'allowed', push: 'allowed' },
    ],
  },
  outputs: { matrix: 'What each may do, as JSON: `[{"name":"ci","pull":"allowed","push":"allowed"}]`' },
  reports: ['tests'],
  run: check,
});

async function check(given: Settings, context: KindContext): Promise<KindResult> {
  const url = serverUrl(given.registry, 'registry');
  const peer: Peer = { name: `the registry ${url.host}`, context, retries: given.retries };
  const probe: AccessProbe =
    given.type === 'npm' ? npmProbe(peer, url, given.name) : ociProbe(peer, url, given.name);
  const cases: TestCase[] = [];
  const matrix: { name: string; pull: Right; push: Right }[] = [];
  let isThere = false;
  for (const principal of given.principals) {
    const started = performance.now();
    const pull = await probe.pull(principal);
    if (pull === 'allowed') isThere = true;
    const found = {
      pull: pull === 'allowed' ? 'allowed' : 'refused',
      push: (await probe.push(principal)) ? 'allowed' : 'refused',
    } as const;
    matrix.push({ name: principal.name, ...found });
    for (const right of ['pull', 'push'] as const) {
      const isRight = found[right] === principal[right];
      cases.push(
        caseOf(
          principal.name,
          right,
          isRight ? null : { expected: principal[right], found: found[right] },
          performance.now() - started,
        ),
      );
      await context.say(
        `${principal.name}: ${right} is ${found[right]}${isRight ? '' : `, expected ${principal[right]}`}`,
      );
    }
    // Who may not see it is often told that it is not there.
    if (
      pull === 'missing' &&
      principal.pull === 'allowed' &&
      !isThere &&
      (await isMissingForAll(probe, given))
    ) {
      throw new AppError(
        'kind-failed',
        `${peer.name} has no ${given.name}, so nobody could be tried on it.`,
        {
          hint: 'Publish it first, or name another.',
        },
      );
    }
  }
  const wrong = cases.filter(({ status }) => status === 'failed');
  const outcome =
    wrong.length === 0
      ? SUCCEEDED
      : failed(
          `${wrong.length} of ${cases.length} rights are other than expected: ${wrong.map(({ name }) => name).join(', ')}`,
        );
  return {
    outcome,
    reports: [{ type: 'tests', report: reportOf(given.name, cases) }],
    outputs: { matrix: JSON.stringify(matrix) },
  };
}

async function isMissingForAll(probe: AccessProbe, { principals }: Settings): Promise<boolean> {
  for (const principal of principals) if ((await probe.pull(principal)) === 'allowed') return false;
  return true;
}

function caseOf(
  who: string,
  right: 'pull' | 'push',
  wrong: { readonly expected: Right; readonly found: Right } | null,
  durationMs: number,
): TestCase {
  return {
    name: `${who}: ${right}`,
    ...{ classname: 'access', file: null, line: null, details: null, stdout: null, stderr: null, durationMs },
    status: wrong === null ? 'passed' : 'failed',
    message: wrong === null ? null : `expected ${wrong.expected}, but it is ${wrong.found}`,
  };
}

function reportOf(name: string, cases: TestCase[]): TestReport {
  const failing = cases.filter(({ status }) => status === 'failed').length;
  const counts = {
    ...{ total: cases.length, passed: cases.length - failing, failed: failing, errored: 0, skipped: 0 },
    durationMs: cases.reduce((sum, { durationMs }) => sum + durationMs, 0),
  };
  const suite = { name: `access to ${name}`, file: null, timestamp: null, cases, stdout: null, stderr: null };
  return { ...counts, suites: [{ ...counts, ...suite }] };
}
