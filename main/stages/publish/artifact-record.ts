import { z } from 'zod';
import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import type { ArtifactRecord } from '#main/engine/repository-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { sumTestReports } from '#shared/reports/test-report.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import type { KindServices } from '../services.ts';
import { workspacePath } from '../tools/workspace-path.ts';
import { sha256OfFile } from './files/sha256-of-file.ts';
import { keep, originOf } from './files/publish-locally.ts';
import { orRefused } from './settings.ts';

const text = z.string().default('');

const settings = z.strictObject({
  name: z
    .string()
    .min(1)
    .describe('What it is called, such as the package')
    .meta({ title: 'Name', examples: ['shop'] }),
  version: text.describe('Its version').meta({ title: 'Version', examples: ['1.4.0'] }),
  path: text
    .describe(
      'The file, relative to the folder of the stage; or else `digest`, or a version of the local repository by `name` and `version`',
    )
    .meta({ title: 'File', examples: ['dist/shop.tgz'] }),
  digest: z
    .string()
    .regex(/^(?:(?:sha256:)?[0-9a-f]{64})?$/)
    .default('')
    .describe('Its SHA-256, where it is no file here, such as that of an image')
    .meta({ title: 'Digest', examples: ['${{ needs.publish.outputs.digest }}'] }),
  source: text
    .describe('Where its source comes from; empty: the project, whatever its commit')
    .meta({ title: 'Source', examples: ['git+https://git.example/team/shop@4f1c…'] }),
  sbom: text
    .describe('The file of its bill of materials')
    .meta({ title: 'Bill of materials', examples: ['sbom.cdx.json'] }),
  provenance: text
    .describe('The file of its provenance')
    .meta({ title: 'Provenance', examples: ['provenance.intoto.jsonl'] }),
  labels: z
    .record(z.string(), z.string())
    .default({})
    .describe('Labels')
    .meta({ title: 'Labels', examples: [{ team: 'web' }] }),
  'deployed-to': text
    .describe('An environment that it was brought to; it is then never removed from the local repository')
    .meta({ title: 'Deployed to', examples: ['production'] }),
});
type Settings = z.output<typeof settings>;

/** What is known of an artifact, by its digest. */
export const artifactRecord = defineKind({
  id: 'artifact.record',
  title: 'Record an artifact',
  summary:
    'Keeps which run, commit, tests, bill and provenance a digest belongs to, and where it was deployed',
  docs: [
    'Keeps a record for a SHA-256: the run and stage, the commit, what the tests of the run came to, the bill of materials and',
    'the provenance, labels. `pipewright repository record DIGEST` (or `NAME@VERSION`) answers with it, also after the run was',
    'removed. With `deployed-to` it also keeps that it went to an environment.',
    '',
    'The same digest from the same source keeps its first record. Fails when the digest is recorded from another source: equal',
    'content from two sources means that one of the two is not what it seems.',
  ].join('\n'),
  settings,
  example: { name: 'shop', version: '1.4.0', path: 'dist/shop.tgz' },
  outputs: { digest: '`sha256:…`', recorded: '`false` when it was recorded before' },
  worksOnFiles: true,
  run: (given, context, services) => orRefused(() => record(given, context, services)),
});

async function record(given: Settings, context: KindContext, services: KindServices): Promise<KindResult> {
  const { repository } = services;
  const sha256 = await digestOf(given, context, services);
  const published = given.version === '' ? null : repository.find(given.name, given.version);
  const sbom = await keep(given.sbom, 'sbom', context, services);
  const provenance = await keep(given.provenance, 'provenance', context, services);
  const origin = originOf(context);
  const status = repository.record({
    ...{ sha256, name: given.name, origin, labels: given.labels, tests: testsOf(context) },
    version: given.version === '' ? null : given.version,
    source: given.source === '' ? `project ${origin.project}` : given.source,
    sbom: sbom ?? published?.sbom ?? null,
    provenance: provenance ?? published?.provenance ?? null,
  });
  if (given['deployed-to'] !== '') {
    const environment = given['deployed-to'];
    // A version of the repository is known by the digest of its list of files.
    const hashes = new Set([sha256, ...(published === null ? [] : [published.sha256])]);
    for (const hash of hashes)
      repository.recordDeployment({ sha256: hash, environment, runId: context.run.id });
  }
  const digest = `sha256:${sha256}`;
  await context.say(
    `${status === 'recorded' ? 'recorded' : 'was recorded before:'} ${given.name} ${given.version} ${digest}`,
  );
  return { outcome: SUCCEEDED, outputs: { digest, recorded: String(status === 'recorded') } };
}

async function digestOf(
  given: Settings,
  context: KindContext,
  { repository }: KindServices,
): Promise<string> {
  if (given.path !== '' && given.digest !== '') {
    throw new AppError('usage', '`path` and `digest` are both given, and one must say what is meant.');
  }
  if (given.digest !== '') return given.digest.replace(/^sha256:/, '');
  if (given.path !== '') {
    const { here, relative } = await workspacePath(context, given.path, 'path');
    const hashed = await sha256OfFile(here, context.signal).catch((error: unknown) => {
      context.signal.throwIfAborted();
      throw new AppError('kind-failed', `\`path\`: ${relative} cannot be read.`, { cause: error });
    });
    return hashed.sha256;
  }
  const published = given.version === '' ? null : repository.find(given.name, given.version);
  if (published !== null) return published.sha256;
  throw new AppError('usage', `There is no ${given.name} ${given.version} in the local repository.`, {
    hint: 'Give `path` or `digest`, or publish it first.',
  });
}

function testsOf(context: KindContext): ArtifactRecord['tests'] {
  const reports = context.reportsOfRun().flatMap(({ form }) => (form.type === 'tests' ? [form.report] : []));
  if (reports.length === 0) return null;
  const { total, passed, failed, errored, skipped } = sumTestReports(reports);
  return { total, passed, failed, errored, skipped };
}
