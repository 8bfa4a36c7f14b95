import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import type { Trigger, TriggerFiring } from '#shared/api/trigger-schemas.ts';
import { createCliFixture } from './cli-fixture.ts';

interface News {
  readonly change: string;
  readonly run: { readonly trigger: string; readonly failedStages: readonly string[] };
}

/** Resolves with what was posted, one body at a time. */
async function newsReceiver(): Promise<{ url: string; next: () => Promise<News>; close: () => void }> {
  const bodies: News[] = [];
  let told: () => void = () => undefined;
  const server = http.createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      bodies.push(JSON.parse(text) as News);
      response.writeHead(204, { connection: 'close' }).end();
      told();
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async next() {
      while (bodies.length === 0) await new Promise<void>((resolve) => (told = resolve));
      return bodies.shift()!;
    },
    close: () => void server.close(),
  };
}

it('serve runs a pipeline when a file changes, tells what became of it, and rests when it is paused', async () => {
  const news = await newsReceiver();
  await using fixture = createCliFixture(`
name: Watched
on: { watch: { paths: [src/**], debounce: 20ms } }
notifications:
  - { when: [failed, fixed], webhook: { url: "${news.url}" } }
stages:
  check: { run: 'grep good src/a.txt' }
`);
  fixture.write('src/a.txt', 'good');
  expect((await fixture.cli('run', '--trust')).code).toBe(0);
  const served = fixture.start('serve', '--metrics', '--project', fixture.projectDir, '--format', 'ndjson');
  const { url, token } = JSON.parse(await served.until((text) => text.includes('\n'))) as {
    url: string;
    token: string;
  };
  const call = async <Value>(path: string, body?: unknown): Promise<Value> => {
    const response = await fetch(new URL(path, url), {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return (await response.json()) as Value;
  };

  // Nothing says from outside when the watcher is ready, so the file changes until it is.
  let failed: News | null = null;
  const first = news.next().then((value) => (failed = value));
  await expect
    .poll(
      () => {
        if (failed === null) fixture.write('src/a.txt', `bad ${Math.random()}`);
        return failed;
      },
      { timeout: 20_000, interval: 500 },
    )
    .toMatchObject({ change: 'failed', run: { trigger: 'watch', failedStages: ['check'] } });
  await first;

  const [trigger] = await call<Trigger[]>('/api/triggers');
  expect(trigger).toMatchObject({ type: 'watch', summary: 'src/**', paused: false, fault: null });
  const { projectId, file } = trigger!;
  expect(await call('/api/triggers/pause', { projectId, file })).toEqual({ paused: true });
  expect(await call<Trigger[]>('/api/triggers')).toMatchObject([{ paused: true }]);
  await call('/api/triggers/resume', { projectId, file, type: 'watch' });

  let next: News;
  fixture.write('src/a.txt', 'good');
  do next = await news.next();
  while (next.change === 'failed');
  expect(next.change).toBe('fixed');
  const history = await call<TriggerFiring[]>('/api/triggers/history?limit=5');
  expect(history[0]).toMatchObject({ type: 'watch', reason: 'src/a.txt changed.', skipped: null });
  const metrics = await (await fetch(new URL('/metrics', url))).text();
  expect(metrics).toMatch(/pipewright_runs_total\{pipeline="Watched",status="failed"\} \d/);

  served.process.kill('SIGTERM');
  expect((await served.result).code).toBe(0);
  news.close();
}, 60_000);
