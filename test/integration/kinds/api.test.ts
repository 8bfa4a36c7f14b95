import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKindFixture, type KindFixture } from './kind-fixture.ts';

let fixture: KindFixture;
beforeEach(async () => {
  fixture = await createKindFixture();
});
afterEach(() => fixture[Symbol.asyncDispose]());

const SPEC = `openapi: 3.0.3
info: { title: Shop, version: 1.0.0, description: A shop, contact: { name: A, url: 'https://example.invalid', email: a@example.invalid } }
servers: [{ url: 'https://example.invalid' }]
tags: [{ name: items, description: Things }]
paths:
  /items/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get:
      operationId: getItem
      summary: An item
      description: An item
      tags: [items]
      responses: { '200': { description: ok } }
`;
const POST = `  /items:
    post:
      operationId: addItem
      summary: Add
      description: Add
      tags: [items]
      responses: { '201': { description: made } }
`;
const SERVE = `
import { createServer } from 'node:http';
createServer((request, response) => {
  response.writeHead(request.url.startsWith('/items/') ? 200 : 404, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ id: 3 }));
}).listen(Number(process.env.PORT), '127.0.0.1');
`;
const services = { api: { run: 'node serve.mjs', ports: [8080] } };

function collection(status: number): string {
  const exec = [`pm.test('answers', () => pm.response.to.have.status(${status}));`];
  const request = { method: 'GET', url: '{{baseUrl}}/items/3?full=1' };
  const item = { name: 'get', request, event: [{ listen: 'test', script: { exec } }] };
  const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
  return JSON.stringify({ info: { name: 'shop', schema }, item: [item] });
}

describe('test.api', () => {
  it('runs its example: the document is checked, the API asked, each operation tested', async () => {
    fixture.write('openapi.yaml', SPEC);
    fixture.write('api.postman.json', collection(200));
    fixture.write('serve.mjs', SERVE);
    const run = await fixture.runExample('test.api', { services });
    expect(run.outcome()).toBe('succeeded');
    expect(run.report('tests')).toMatchObject({ total: 1, passed: 1 });
    expect(run.report('findings')).toMatchObject({ counts: { high: 0, critical: 0 } });
    expect(run.stage().outputs).toMatchObject({ operations: '1', tested: '1' });
  });

  it('fails for a wrong answer, and for operations that nobody asked for', async () => {
    fixture.write('openapi.yaml', SPEC + POST);
    fixture.write('api.postman.json', collection(201));
    fixture.write('serve.mjs', SERVE);
    const run = await fixture.runExample('test.api', { services });
    expect(run.outcome()).toBe(
      'failed: 1 of 1 tests failed; 1 operations were not asked for, more than 0: POST /items',
    );
  });

  it.each(['spectral', 'redocly'])('fails for what %s finds in the document', async (lint) => {
    fixture.write(
      'api/openapi.yaml',
      SPEC.replace('/items/{id}:\n    parameters', '/items/{id}/{other}:\n    parameters'),
    );
    const stage = { uses: 'test.api', with: { document: 'api/openapi.yaml', lint } };
    const run = await fixture.runStage(stage);
    expect(run.outcome()).toMatch(/^failed: \d+ findings? \(\d+ high/);
    const files = run.report('findings')?.findings.map(({ file }) => file);
    expect(new Set(files)).toEqual(new Set(['api/openapi.yaml']));
  });

  it('could not judge what is no document, nor one without operations', async () => {
    fixture.write('a.yaml', 'a: 1');
    const odd = await fixture.runStage({ uses: 'test.api', with: { document: 'a.yaml' } });
    expect(odd.outcome()).toMatch(/^infra-error: a\.yaml is no OpenAPI document/);
    fixture.write('b.yaml', 'openapi: 3.0.3\npaths: {}\n');
    const empty = await fixture.runStage({ uses: 'test.api', with: { document: 'b.yaml' } });
    expect(empty.outcome()).toMatch(/^infra-error: Nothing was checked: b\.yaml describes no operation/);
  });

  it('refuses a path outside of the workspace, and to do nothing', async () => {
    const outside = await fixture.runStage({ uses: 'test.api', with: { document: '../a.yaml' } });
    expect(outside.outcome()).toMatch(/`document`: \.\.\/a\.yaml is not inside of the workspace/);
    const nothing = await fixture.runStage({ uses: 'test.api' });
    expect(nothing.outcome()).toMatch(/^failed: There is nothing to do/);
  });

  it('says what is missing when newman is not there', async () => {
    fixture.write('api.postman.json', collection(200));
    const run = await fixture.runStage({
      uses: 'test.api',
      with: { collection: 'api.postman.json' },
      env: { PATH: '/usr/bin' },
    });
    expect(run.outcome()).toMatch(
      /^infra-error: .*newman was not found\. Install it \(npm install --save-dev newman\)/,
    );
  });
});
