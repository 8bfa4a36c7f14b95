import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readOperations, untested } from './operations.ts';

const SPEC = `
openapi: 3.1.0
paths:
  /items: { get: {}, post: {}, parameters: [] }
  /items/{id}: { get: {}, x-note: 1 }
  /items/best: { get: {} }
`;

test('the operations of a document are read, and those without a request are told', () => {
  const operations = readOperations(SPEC, 'a.yaml');
  expect(operations.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /items',
    'POST /items',
    'GET /items/{id}',
    'GET /items/best',
  ]);
  const requests = [
    { method: 'get', path: '/v1/items' },
    { method: 'GET', path: '/v1/items/best' },
  ];
  expect(untested(operations, requests).map(({ path }) => path)).toEqual(['/items', '/items/{id}']);
});

test('what is no document of an API is refused', () => {
  expect(() => readOperations('a: 1', 'a.yaml')).toThrow('a.yaml is no OpenAPI document');
  expect(() => readOperations('{', 'a.yaml')).toThrow('a.yaml is neither YAML nor JSON');
});

test('any paths are compared without a fault', () => {
  fc.assert(
    fc.property(fc.webPath(), fc.webPath(), (path, asked) => {
      const operations = [{ method: 'GET', path }];
      expect(untested(operations, [{ method: 'GET', path: asked }]).length).toBeLessThanOrEqual(1);
      expect(untested(operations, [{ method: 'GET', path: `/base${path}` }])).toEqual([]);
    }),
  );
});
