import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createCatalog } from '#main/stages/registry.ts';
import { formatIssue } from '#shared/lib/issue.ts';
import { compilePlan } from '#shared/pipeline/compile-plan.ts';
import { parsePipeline } from '#shared/pipeline/parse.ts';
import { TEMPLATES } from '#shared/pipeline/templates/all-templates.ts';

const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/editor.md'), 'utf8');

it('docs/editor.md ends its tour with a file that is valid and can be planned', () => {
  const [, example = ''] = /^```yaml pipeline\n(.*?)^```$/ms.exec(page) ?? [];
  const { pipeline, issues } = parsePipeline(example, 'example.yml', { kinds: createCatalog().list() });
  expect(issues.map(formatIssue)).toEqual([]);
  expect(compilePlan(pipeline!, { inputs: {} }).plan?.stages.map(({ id }) => id)).toEqual([
    'install',
    'unit',
    'package',
  ]);
});

it('docs/editor.md names every template, in the order in which they are offered', () => {
  const named = [...page.matchAll(/^\| `([\w-]+)`/gm)].map((match) => match[1]);
  expect(named).toEqual(TEMPLATES.map(({ id }) => id));
});
