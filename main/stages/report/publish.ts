import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { chunkedToArray } from '#shared/lib/chunked.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import { ask, refusal } from '../publish/http/peer.ts';
import { retrySettings, serverUrl } from '../publish/settings.ts';
import { workspacePath } from '../tools/workspace-path.ts';

/** What servers take of a description. */
const MAX_DESCRIPTION_CHARS = 140;

const settings = z.strictObject({
  file: z
    .string()
    .min(1)
    .default('report.html')
    .describe('Where the page is written, relative to the folder of the stage')
    .meta({ title: 'File', examples: ['reports/run.html'] }),
  artifact: z
    .string()
    .default('report')
    .describe('The name of the artifact that it is kept as; empty: none')
    .meta({ title: 'Artifact' }),
  'status-url': z
    .string()
    .default('')
    .describe(
      'Where the status of the commit is posted, as GitHub, Gitea and Forgejo take it; empty: nowhere',
    )
    .meta({
      title: 'Status address',
      examples: ['https://git.example/api/v1/repos/team/shop/statuses/${{ git.commit }}'],
    }),
  'status-context': z
    .string()
    .min(1)
    .default('pipewright')
    .describe('What the status is called there')
    .meta({ title: 'Status name' }),
  'target-url': z
    .string()
    .default('')
    .describe('Where people who click the status are led')
    .meta({ title: 'Link of the status', examples: ['https://ci.example/shop'] }),
  token: z
    .string()
    .default('')
    .describe('Who posts the status, as a secret')
    .meta({ title: 'Token', 'x-control': 'secret', examples: ['${{ secrets.GIT_TOKEN }}'] }),
  ...retrySettings,
});
type Settings = z.output<typeof settings>;

/** The run as one page, and as the status of its commit. */
export const reportPublish = defineKind({
  id: 'report.publish',
  title: 'Publish the report',
  summary: 'Writes the run so far as one HTML page, and posts the status of its commit',
  docs: [
    'The page holds what the stages before it have reported: tests with their failures, coverage, findings, bills, artifacts. It',
    'needs nothing else, so it can be sent or served anywhere. Let the stage need all others, with `if: always()` to have it also',
    'when one failed.',
    '',
    'With `status-url` the commit gets a status: `failure` when a stage of the run has failed, else `success`. Could not judge',
    'when the server refuses it or fails to the last.',
  ].join('\n'),
  settings,
  example: {
    file: 'reports/run.html',
    'status-url': '${{ env.STATUS_URL }}',
    token: '${{ secrets.GIT_TOKEN }}',
  },
  outputs: { state: '`success` or `failure`', file: 'Of the page, relative to the workspace' },
  worksOnFiles: true,
  async run(given, context, { runPage }) {
    const file = await workspacePath(context, given.file, 'file');
    const html = await runPage(context.run.id, context.signal);
    await mkdir(path.dirname(file.here), { recursive: true });
    await writeFile(file.here, html);
    const broken = brokenStages(context);
    const state = broken.length === 0 ? 'success' : 'failure';
    await postStatus(given, context, state, broken);
    const kept = { name: given.artifact, paths: [file.fromWorkspace], ifNoFilesFound: 'error' } as const;
    return {
      outcome: SUCCEEDED,
      outputs: { state, file: file.fromWorkspace },
      artifacts: given.artifact === '' ? [] : [kept],
    };
  },
});

function brokenStages(context: KindContext): readonly string[] {
  return chunkedToArray(context.state().stages)
    .filter(({ status }) => ['failed', 'timed-out', 'infra-error'].includes(status))
    .map(({ id }) => id);
}

async function postStatus(
  given: Settings,
  context: KindContext,
  state: 'success' | 'failure',
  broken: readonly string[],
): Promise<void> {
  if (given['status-url'] === '') return;
  const url = serverUrl(given['status-url'], 'status-url');
  const peer = { name: `the server ${url.host}`, context, retries: given.retries };
  const words = broken.length === 0 ? 'all is well so far' : `failed: ${broken.join(', ')}`;
  const body = JSON.stringify({
    state,
    context: given['status-context'],
    description: `Run #${context.run.number}, ${words}`.slice(0, MAX_DESCRIPTION_CHARS),
    ...(given['target-url'] !== '' && { target_url: given['target-url'] }),
  });
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (given.token !== '') headers['authorization'] = `Bearer ${given.token}`;
  await ask(
    peer,
    url,
    () => ({ method: 'POST', headers, body }),
    async (response) => {
      if (!response.ok) throw await refusal(peer, response, 'take the status');
      await response.body?.cancel();
    },
  );
  await context.say(`posted the status ${state} to ${url.host}`);
}
