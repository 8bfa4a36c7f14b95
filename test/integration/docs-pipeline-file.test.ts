import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { formatIssue } from '#shared/lib/issue.ts';
import { compilePlan } from '#shared/pipeline/compile-plan.ts';
import { pipelineJsonSchema } from '#shared/pipeline/json-schema.ts';
import { parsePipeline } from '#shared/pipeline/parse.ts';
import { isUnsupported } from '#shared/pipeline/unsupported.ts';

const readPage = (name: string): string =>
  readFileSync(path.resolve(import.meta.dirname, '../../docs', name), 'utf8');
const page = readPage('pipeline-file.md');
/** Keys of stages whose behaviour follows. */
const NOT_YET = new Set(
  ['gate', 'runs-on.pool', 'runs-on.labels', 'reports.sarif', 'reports.sbom', 'reports.load']
    .filter((key) => isUnsupported(`stages.*.${key}`))
    .map((key) => key.replace(/.*\./, '')),
);
const kinds = [{ id: 'test.unit' }];

describe.each(['pipeline-file.md', 'places.md'])('docs/%s', (name) => {
  const examples = [...readPage(name).matchAll(/^```yaml pipeline\n(.*?)^```$/gms)].map((match) => match[1]!);

  it('has examples', () => {
    expect(examples.length).toBeGreaterThan(5);
  });

  it.each(examples.map((example, index) => [index + 1, example] as const))(
    'has an example %i that is valid, supported and can be planned',
    (_, example) => {
      const { pipeline, issues } = parsePipeline(example, 'example.yml', { kinds });
      expect(issues.map(formatIssue)).toEqual([]);
      const inputs = Object.fromEntries(
        pipeline!.inputs.filter((input) => input.required).map((input) => [input.id, 'x']),
      );
      expect(compilePlan(pipeline!, { inputs }).plan).not.toBeNull();
    },
  );
});

describe('docs/pipeline-file.md', () => {
  it('has an example of a file that includes another, which is valid', () => {
    const [, example = ''] = /^```yaml including\n(.*?)^```$/ms.exec(page) ?? [];
    const included: string[] = [];
    const { issues } = parsePipeline(example, 'example.yml', {
      kinds,
      readInclude: (file) => {
        included.push(file);
        return 'templates: { node: { timeout: 5m } }';
      },
    });
    expect(issues.map(formatIssue)).toEqual([]);
    expect(included).toEqual(['ci/templates.yml']);
  });

  it('names every key of the file, of stages and of steps', () => {
    const schema = pipelineJsonSchema() as {
      properties: Record<string, unknown>;
      definitions: Record<string, { properties: Record<string, unknown> }>;
    };
    const keys = [
      ...Object.keys(schema.properties),
      ...Object.values(schema.definitions).flatMap((definition) => Object.keys(definition.properties)),
    ];
    expect(keys.filter((key) => !page.includes(`\`${key}\``))).toEqual([]);
  });
});

describe('docs/', () => {
  it('has every key that works in an example that a test reads', () => {
    const used = new Set<string>();
    for (const example of examplesOf('pipeline-file.md', 'places.md', 'triggers.md', 'notifications.md')) {
      for (const key of keysIn(parse(example))) used.add(key);
    }
    expect([...workingKeys(pipelineJsonSchema())].filter((key) => !used.has(key))).toEqual([]);
  });
});

function examplesOf(...names: readonly string[]): string[] {
  return names.flatMap((name) =>
    [...readPage(name).matchAll(/^```yaml (?:pipeline|including)\n(.*?)^```$/gms)].map((match) => match[1]!),
  );
}

/** The keys of all mappings in a value, however deep. */
function keysIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Array.isArray(value) ? [] : Object.keys(value);
  return [...own, ...Object.values(value).flatMap(keysIn)];
}

/** The keys of a JSON Schema, but for those below a key without behaviour yet. */
function workingKeys(schema: unknown): Set<string> {
  const keys = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key !== 'properties') visit(inner);
      else {
        for (const [name, property] of Object.entries(inner as object)) {
          if (NOT_YET.has(name)) continue;
          keys.add(name);
          visit(property);
        }
      }
    }
  };
  visit(schema);
  return keys;
}
