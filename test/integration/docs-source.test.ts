import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createCatalog } from '#main/stages/registry.ts';
import { formatIssue } from '#shared/lib/issue.ts';
import { compilePlan } from '#shared/pipeline/compile-plan.ts';
import { parsePipeline } from '#shared/pipeline/parse.ts';
import type { StepBody } from '#shared/pipeline/plan.ts';

const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/source.md'), 'utf8');
const examples = [...page.matchAll(/^```yaml pipeline\n(.*?)^```$/gms)].map((match) => match[1]!);

it.each(examples)(
  'docs/source.md has examples that can be planned, with settings that fit: %s',
  (example) => {
    const catalog = createCatalog();
    const { pipeline, issues } = parsePipeline(example, 'example.yml', { kinds: catalog.list() });
    expect(issues.map(formatIssue)).toEqual([]);
    const { plan } = compilePlan(pipeline!, { inputs: {} });
    const bodies = plan!.stages.flatMap((stage) => stage.steps.map((step): StepBody => step.body));
    const used = bodies.filter((body) => body.type === 'uses');
    expect(used.length).toBeGreaterThan(0);
    for (const body of used) expect(() => catalog.check(body)).not.toThrow();
  },
);
