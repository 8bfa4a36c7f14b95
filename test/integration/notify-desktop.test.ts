import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { startBackground } from '#main/host/background.ts';
import { createHost, type Host } from '#main/host/create-host.ts';
import { followNotices } from '#main/host/follow-notices.ts';
import type { DesktopNotice } from '#shared/api/notice-schema.ts';
import { type CliFixture, createCliFixture } from './cli-fixture.ts';

interface Watch extends AsyncDisposable {
  readonly host: Host;
  next(): Promise<DesktopNotice>;
}

/** A host beside the command line, and what it would tell people at the machine. */
async function watch({ dataDir }: CliFixture): Promise<Watch> {
  const host = await createHost({ dataDir, mode: 'desktop' });
  const end = new AbortController();
  const notices = followNotices(host, host.opened, end.signal);
  return {
    host,
    async next() {
      const { value, done } = await notices.next();
      if (done === true) throw new Error('The notices ended.');
      return value;
    },
    async [Symbol.asyncDispose]() {
      end.abort();
      await notices.return();
      await host.close();
    },
  };
}

it('tells at the desktop of runs of any host, of each change that the rules name and no other', async () => {
  await using fixture = createCliFixture(`
name: Shop
workspace: in-place
notifications: [{ when: [failed, fixed], desktop: true }]
stages: { unit: { run: 'test -e good' } }
`);
  await using watched = await watch(fixture);
  expect((await fixture.cli('run')).code).toBe(1);
  expect(await watched.next()).toMatchObject({
    title: 'Shop #1 failed',
    body: expect.stringMatching(/^Failed: unit · After \d/) as string,
  });
  fixture.write('good', '');
  await fixture.cli('run');
  expect(await watched.next()).toMatchObject({ title: 'Shop #2 works again' });
  await fixture.cli('run');
  fixture.write('other.yml', "name: Other\nworkspace: in-place\nstages: { one: { run: 'true' } }\n");
  await fixture.cli('run', 'other.yml');
  expect(await watched.next()).toMatchObject({ title: 'Other #4 succeeded' });
});

it('tells of a stage that waits for a person', async () => {
  await using fixture = createCliFixture(`
name: Release
workspace: in-place
stages: { ship: { approval: { message: 'Ship it?' } } }
`);
  await using watched = await watch(fixture);
  const run = fixture.start('run');
  expect(await watched.next()).toMatchObject({
    title: 'Release #1 waits for an approval',
    body: 'ship: Ship it?',
  });
  run.process.kill('SIGTERM');
  await run.result;
});

it('tells of a run whose host died, at the desktop and to those whom the rules name', async () => {
  const news = Promise.withResolvers<unknown>();
  const server = http.createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      response.writeHead(200, { connection: 'close' }).end();
      news.resolve(JSON.parse(body));
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await using fixture = createCliFixture(`
name: Long
workspace: in-place
notifications: [{ when: [interrupted], desktop: true, webhook: { url: '${url}' } }]
stages: { long: { run: 'sleep 600' } }
`);
  const run = fixture.start('--format', 'ndjson', 'run');
  await run.until((stdout) => stdout.includes('attempt-started'));
  run.process.kill('SIGKILL');
  await run.result;
  await using watched = await watch(fixture);
  const background = startBackground(watched.host);
  try {
    expect(await watched.next()).toMatchObject({ title: 'Long #1 was interrupted' });
    expect(await news.promise).toMatchObject({ change: 'interrupted', run: { number: 1 } });
  } finally {
    await background.close();
    server.close();
  }
});
