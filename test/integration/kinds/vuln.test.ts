import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKindFixture, type KindFixture } from './kind-fixture.ts';

let fixture: KindFixture;
let registry: http.Server;
let url: string;
let status: number;

const ADVISORY = {
  id: 1_094_499,
  url: 'https://github.com/advisories/GHSA-p6mc-m468-83gw',
  title: 'Prototype Pollution in lodash',
  severity: 'high',
  vulnerable_versions: '>=3.7.0 <4.17.19',
  cwe: ['CWE-1321'],
  cvss: { score: 7.4, vectorString: 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:H/A:H' },
};

/** What npm asks: which of these packages have advisories, and which versions there are. */
async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const isPacked = request.headers['content-encoding'] === 'gzip';
  const body = await text(isPacked ? request.pipe(createGunzip()) : request);
  response.setHeader('content-type', 'application/json');
  response.statusCode = status;
  if (status !== 200) response.end('{"error":"no"}');
  else if (request.url?.endsWith('/advisories/bulk') === true) {
    const asked = JSON.parse(body) as Record<string, unknown>;
    response.end(JSON.stringify('lodash' in asked ? { lodash: [ADVISORY] } : {}));
  } else {
    const versions = Object.fromEntries(
      ['4.17.15', '4.17.21'].map((version) => [version, { name: 'lodash', version }]),
    );
    response.end(JSON.stringify({ name: 'lodash', 'dist-tags': { latest: '4.17.21' }, versions }));
  }
}

beforeEach(async () => {
  fixture = await createKindFixture();
  status = 200;
  registry = http.createServer((request, response) => void answer(request, response));
  registry.listen(0, '127.0.0.1');
  await once(registry, 'listening');
  url = `http://127.0.0.1:${(registry.address() as AddressInfo).port}`;
});
afterEach(async () => {
  registry.closeAllConnections();
  registry.close();
  await fixture[Symbol.asyncDispose]();
});

function project(version = '4.17.15'): void {
  const root = { name: 'v', version: '1.0.0', dependencies: { lodash: version } };
  fixture.write('package.json', JSON.stringify(root));
  const packages = {
    '': root,
    'node_modules/lodash': {
      version,
      resolved: `${url}/lodash/-/lodash-${version}.tgz`,
      integrity: 'sha512-AAAA',
    },
  };
  fixture.write(
    'package-lock.json',
    JSON.stringify({ ...root, lockfileVersion: 3, requires: true, packages }),
  );
}

const env = () => ({
  npm_config_registry: url,
  npm_config_fetch_retries: '0',
  npm_config_cache: path.join(fixture.dir, 'npm-cache'),
  npm_config_audit: 'true',
});
const stage = (settings: Record<string, unknown> = {}) => ({
  uses: 'test.vuln',
  with: { tool: 'npm', ...settings },
  env: env(),
});

describe('test.vuln', () => {
  it('finds a package with an advisory through npm audit', async () => {
    project();
    const run = await fixture.runExample('test.vuln', { env: env() });
    expect(run.outcome()).toBe('failed: 1 finding (1 high)');
    expect(run.report('findings')?.findings).toMatchObject([
      {
        ruleId: 'GHSA-p6mc-m468-83gw',
        tool: 'npm',
        severity: 'high',
        message: 'Prototype Pollution in lodash; fixed in lodash@4.17.21',
        package: 'lodash@4.17.15',
        file: 'package-lock.json',
      },
    ]);
    expect(run.report('findings')?.rules[0]?.helpUri).toBe(ADVISORY.url);
  });

  it('passes where the severity is below its limit, and where nothing is known', async () => {
    project();
    expect((await fixture.runStage(stage({ 'fail-on': 'critical' }))).outcome()).toBe('succeeded');
    project('4.17.21');
    const clean = await fixture.runStage(stage());
    expect(clean.outcome()).toBe('succeeded');
    expect(clean.report('findings')).toMatchObject({ checked: 1, findings: [] });
  });

  it('ignores an advisory with a reason until its last day', async () => {
    project();
    const ignore = (until: string) =>
      fixture.runStage(stage({ ignore: [{ id: 'ghsa-P6MC-m468-83gw', reason: 'not called', until }] }));
    const kept = await ignore('2999-12-31');
    expect(kept.outcome()).toBe('succeeded');
    expect(await kept.log()).toContain('ghsa-P6MC-m468-83gw is ignored: not called');
    const ended = await ignore('2020-01-31');
    expect(ended.outcome()).toBe('failed: 1 finding (1 high)');
    expect(await ended.log()).toContain('is ignored no more: its time ended on 2020-01-31.');
  });

  it('could not judge when the advisory database answers with an error or not at all', async () => {
    project();
    status = 405;
    expect((await fixture.runStage(stage())).outcome()).toMatch(
      /^infra-error: The advisory database could not be asked, so nothing is known of vulnerabilities\. npm said: /,
    );
    registry.closeAllConnections();
    registry.close();
    expect((await fixture.runStage(stage())).outcome()).toMatch(/could not be asked.*ECONNREFUSED/);
  });

  it('runs audit-ci, too', async () => {
    project();
    const run = await fixture.runStage(stage({ tool: 'audit-ci' }));
    expect(run.outcome()).toBe('failed: 1 finding (1 high)');
    expect(run.report('findings')?.findings).toMatchObject([{ tool: 'audit-ci', package: 'lodash@4.17.15' }]);
  });

  it('could not judge without a lock file, and where nothing tells what to scan', async () => {
    fixture.write('package.json', '{"name":"v","version":"1.0.0"}');
    expect((await fixture.runStage(stage())).outcome()).toMatch(
      /^infra-error: npm has nothing to look up: there is no lock file\./,
    );
    const none = await fixture.runStage({ uses: 'test.vuln' });
    expect(none.outcome()).toMatch(/^infra-error: Nothing in it's folder tells which tool is to look up/);
    const allowed = await fixture.runStage({ uses: 'test.vuln', with: { 'allow-empty': true } });
    expect(allowed.outcome()).toBe('succeeded');
  });

  it('says what is missing when no scanner is there', async () => {
    project();
    const run = await fixture.runStage({ ...stage({ tool: 'trivy' }), env: { PATH: '/nonexistent' } });
    expect(run.outcome()).toMatch(
      /^infra-error: No tool is there to look up vulnerabilities: trivy was not found/,
    );
  });

  it('refuses data that is older than allowed', async () => {
    project();
    fixture.write(
      'bin/trivy',
      [
        '#!/bin/sh',
        `if [ "$1" = version ]; then echo '{"VulnerabilityDB":{"UpdatedAt":"2020-01-01T00:00:00Z"}}'; exit; fi`,
        `echo '{"Results":[{"Target":"package-lock.json","Packages":[{}]}]}'`,
      ].join('\n'),
    );
    chmodSync(path.join(fixture.projectDir, 'bin/trivy'), 0o755);
    const trivy = (settings: Record<string, unknown>) =>
      fixture.runStage({
        uses: 'test.vuln',
        with: { tool: 'trivy', ...settings },
        env: { PATH: `${fixture.projectDir}/bin:/usr/bin:/bin` },
      });
    expect((await trivy({})).outcome()).toBe('succeeded');
    expect((await trivy({ 'max-db-age': '7d' })).outcome()).toMatch(
      /^infra-error: The data of trivy is \d+d .*old, more than 7d, so it cannot tell what is known today\./,
    );
  });
});
