import { expect, it } from 'vitest';
import { describeRule, explained } from '#test/support/explain/describe-rule.ts';
import { cacheWithoutKeyFile } from './cache-without-key-file.ts';

describeRule(cacheWithoutKeyFile, {
  fires: {
    'a key that is always the same':
      'stages: { a: { run: npm ci, cache: { key: npm, paths: node_modules } } }\n',
    'one in a list': 'stages: { a: { run: pnpm i, cache: [{ key: pnpm, paths: x }] } }\n',
    'one of legs':
      'stages: { a: { matrix: { node: [22] }, run: npm ci, cache: { key: "n-${{ matrix.node }}", paths: x } } }\n',
    'tools without a lock file': 'stages: { a: { run: make, cache: { key: objects, paths: obj } } }\n',
  },
  quiet: {
    'a key with the hash of a file':
      'stages: { a: { run: npm ci, cache: { key: "npm-${{ hashFiles(\'package-lock.json\') }}", paths: x } } }\n',
    'a key that something computes':
      'stages: { a: { run: npm ci, cache: { key: "npm-${{ git.sha }}", paths: x } } }\n',
  },
});

it('proposes the lock file of the tool', () => {
  const text = 'name: x\nstages: { a: { run: pnpm i, timeout: 1m, cache: { key: pnpm, paths: x } } }\n';
  expect(explained(text)[0]?.fixes[0]?.operations).toEqual([
    {
      type: 'set-field',
      path: ['stages', 'a', 'cache', 'key'],
      value: "pnpm-${{ hashFiles('pnpm-lock.yaml') }}",
    },
  ]);
});
