import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatIssue } from '#shared/lib/issue.ts';
import { compilePlan } from '#shared/pipeline/compile-plan.ts';
import { pipelineJsonSchema } from '#shared/pipeline/json-schema.ts';
import { parsePipeline } from '#shared/pipeline/parse.ts';

const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/pipeline-file.md'), 'utf8');
const examples = [...page.matchAll(/^```yaml pipeline\n(.*?)^```$/gms)].map((match) => match[1]!);
const kinds = [{ id: 'test.unit' }];

describe('docs/pipeline-file.md', () => {
  it('has examples', () => {
    expect(examples.length).toBeGreaterThan(6);
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
