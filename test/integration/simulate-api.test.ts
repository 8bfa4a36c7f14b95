import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createHost, type Host } from '#main/host/create-host.ts';
import { serve, type Server } from '#main/host/http/serve.ts';
import type { Simulation } from '#shared/api/simulation-schemas.ts';
import type { ProjectId } from '#shared/lib/ids.ts';

const PIPELINE = `
on: { push: { branches: [main], paths: ['src/**'] } }
inputs: { target: { type: choice, options: [staging, production], default: staging } }
pipelines:
  ship:
    inputs: { to: { type: string, required: true } }
    stages:
      pull: { run: 'touch made' }
      push: { needs: [pull], if: "inputs.to == 'production'", run: 'touch made' }
stages:
  build: { if: "hashFiles('src/**') != ''", run: 'touch made' }
  unit: { needs: [build], matrix: { node: [22, 24] }, run: 'touch made' }
  ship: { needs: [unit], pipeline: ship, with: { to: '\${{ inputs.target }}' } }
`;

let dir: string;
let projectDir: string;
let host: Host;
let server: Server;
let projectId: ProjectId;

beforeEach(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-simulate-'));
  projectDir = path.join(dir, 'project');
  const rendererDir = path.join(dir, 'renderer');
  mkdirSync(path.join(projectDir, 'src'), { recursive: true });
  mkdirSync(rendererDir);
  writeFileSync(path.join(rendererDir, 'index.html'), '<title>Pipewright</title>');
  writeFileSync(path.join(projectDir, 'pipewright.yml'), PIPELINE);
  writeFileSync(path.join(projectDir, 'src/a.ts'), '');
  host = await createHost({ dataDir: path.join(dir, 'data'), mode: 'browser', maxParallel: 2 });
  projectId = host.store.projects.add(projectDir).id;
  server = await serve(host, { port: 0, rendererDir });
});

afterEach(async () => {
  await server.close();
  await host.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Calls the API as a tool would. */
async function simulate(
  body: object,
): Promise<{ readonly status: number; readonly answer: Simulation & { readonly message: string } }> {
  const response = await fetch(
    `http://127.0.0.1:${server.port}/api/projects/${projectId}/pipeline/simulate`,
    {
      method: 'POST',
      headers: {
        authorization: `Bearer ${server.token}`,
        'content-type': 'application/json',
        connection: 'close',
      },
      body: JSON.stringify({ file: 'pipewright.yml', ...body }),
    },
  );
  return {
    status: response.status,
    answer: (await response.json()) as Awaited<ReturnType<typeof simulate>>['answer'],
  };
}

it('tells what an event would start, stage by stage, and does none of it', async () => {
  const { status, answer } = await simulate({ event: 'push', branch: 'main', changed: ['src/a.ts'] });
  expect(status).toBe(200);
  expect(answer.event).toEqual({ name: 'push', title: 'A push to `main`', starts: true, whyNot: null });
  expect(answer.stages.map(({ id, verdict }) => [id, verdict])).toEqual([
    ['build', 'runs'],
    ['unit[node=22]', 'runs'],
    ['unit[node=24]', 'runs'],
    ['unit', 'runs'],
    ['ship/pull', 'runs'],
    ['ship/push', 'skipped'],
    ['ship', 'runs'],
  ]);
  expect(answer.counts).toEqual({ runs: 4, skipped: 1, unknown: 0 });
  expect(answer.estimate).toMatchObject({ makespanMs: null, maxParallel: 2 });
  expect(readdirSync(projectDir).toSorted()).toEqual(['pipewright.yml', 'src']);
  expect(host.store.runs.list({}).runs).toEqual([]);
});

it('estimates from past runs, and takes inputs and a draft of the file', async () => {
  host.store.stageDurations.record(projectId, 'pipewright.yml', new Map([['build', 2_000]]));
  const production = await simulate({ inputs: { target: 'production' } });
  expect(production.answer.stages.find(({ id }) => id === 'ship/push')).toMatchObject({
    verdict: 'runs',
    reasonCode: 'condition-holds',
  });
  expect(production.answer.estimate).toMatchObject({
    makespanMs: 8_000,
    untimed: 4,
    criticalPath: ['build', 'unit[node=22]', 'ship/pull', 'ship/push'],
  });
  const draft = await simulate({ text: 'stages: { only: { run: "true" } }', event: 'push' });
  expect(draft.answer.stages.map(({ id }) => id)).toEqual(['only']);
  expect(draft.answer.event.whyNot).toBe('the file has no trigger `push`');
});

it('refuses a draft with errors, an input that there is not, and a file outside of the project', async () => {
  const broken = await simulate({ text: 'stages: { a: { needs: [b], run: "true" } }' });
  expect(broken.status).toBeGreaterThanOrEqual(400);
  expect(broken.answer.message).toContain('needs');
  expect((await simulate({ inputs: { nothere: '1' } })).answer.message).toContain('nothere');
  expect((await simulate({ file: '../other.yml' })).answer.message).toContain(
    'no pipeline file of this project',
  );
});
