import { z } from 'zod';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import { authorizationOf, credentialSettings } from '../publish/http/credential.ts';
import { ask, refusal } from '../publish/http/peer.ts';
import { retrySettings, serverUrl } from '../publish/settings.ts';
import { nothingChecked } from '../tools/verdict.ts';
import { expositionOf, samplesOf } from './exposition.ts';

const settings = z.strictObject({
  url: z
    .string()
    .min(1)
    .describe('The address of a Prometheus Pushgateway, or of what takes the same')
    .meta({ title: 'Address', examples: ['http://pushgateway.example:9091'] }),
  job: z
    .string()
    .regex(/^[\w.-]+$/)
    .default('pipewright')
    .describe('The job under which the figures stand')
    .meta({ title: 'Job' }),
  labels: z
    .record(z.string().regex(/^[a-z_]\w*$/i), z.string().min(1))
    .default({})
    .describe('More labels of the group; figures of the same group are replaced')
    .meta({ title: 'Labels', examples: [{ branch: '${{ git.branch }}' }] }),
  ...credentialSettings,
  ...retrySettings,
});

/** The figures of a run to where Prometheus finds them. */
export const metricsPush = defineKind({
  id: 'metrics.push',
  title: 'Push figures',
  summary: 'Sends what the stages have measured to a Prometheus Pushgateway',
  docs: [
    'Sends the figures, tests, coverage, findings and components that the stages before it have reported, as gauges with the stage',
    'as a label, in base units (seconds, bytes, ratios). Figures of the same job and labels are replaced.',
    '',
    'Could not judge when nothing was reported yet, and when the gateway refuses or fails to the last.',
  ].join('\n'),
  settings,
  example: { url: '${{ env.PUSHGATEWAY_URL }}', job: 'shop' },
  outputs: { figures: 'How many were sent' },
  async run(given, context) {
    const samples = samplesOf(context.reportsOfRun());
    if (samples.length === 0)
      nothingChecked('no stage has reported a figure', 'Let the stage need those that do.');
    const base = serverUrl(given.url, 'url');
    // Slashes and the like cannot stand in a path: the gateway takes them in base64.
    const group = Object.entries({ job: given.job, ...given.labels }).map(
      ([name, value]) => `${name}@base64/${Buffer.from(value).toString('base64url')}`,
    );
    const url = new URL(`${base.pathname.replace(/\/$/, '')}/metrics/${group.join('/')}`, base);
    const peer = { name: `the gateway ${base.host}`, context, retries: given.retries };
    const headers = { ...authorizationOf(given), 'content-type': 'text/plain; version=0.0.4' };
    const body = expositionOf(samples);
    await ask(
      peer,
      url,
      () => ({ method: 'PUT', headers, body }),
      async (response) => {
        if (!response.ok) throw await refusal(peer, response, 'take the figures');
        await response.body?.cancel();
      },
    );
    await context.say(`sent ${samples.length} figures to ${base.host}`);
    return { outcome: SUCCEEDED, outputs: { figures: String(samples.length) } };
  },
});
