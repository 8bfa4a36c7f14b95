import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createHost } from '#main/host/create-host.ts';
import { serve } from '#main/host/http/serve.ts';
import { createMetrics } from '#main/metrics/create-metrics.ts';
import { createMemoryEngine } from '#test/support/memory-engine.ts';
import { plan, stage } from '#test/support/plans.ts';

it('counts and times runs and stages by how they ended', async () => {
  const memory = createMemoryEngine({
    script: { bad: { outcomes: [{ type: 'failed', exitCode: 1, signal: null, message: null }] } },
  });
  const metrics = createMetrics({
    subscribe: (listener) => memory.engine.subscribe(listener),
    stateOf: (runId) => memory.engine.get(runId)?.state(),
  });
  await memory.run(plan([stage('good'), stage('bad'), stage('after', { needs: ['bad'] })]));
  await memory.run(plan([stage('good')]));
  const lines = (await metrics.text()).split('\n');
  const value = (start: string): string[] => lines.filter((line) => line.startsWith(start));
  expect(value('pipewright_runs_total')).toEqual([
    expect.stringMatching(/status="failed"\} 1$/),
    expect.stringMatching(/status="succeeded"\} 1$/),
  ]);
  expect(value('pipewright_stages_total').sort()).toEqual([
    expect.stringMatching(/kind="run",status="failed"\} 1$/),
    expect.stringMatching(/kind="run",status="skipped"\} 1$/),
    expect.stringMatching(/kind="run",status="succeeded"\} 2$/),
  ]);
  expect(value('pipewright_runs_active')).toEqual(['pipewright_runs_active 0']);
  expect(value('pipewright_stage_queue_seconds_count')).toEqual([expect.stringMatching(/ 3$/)]);
  metrics.close();
});

function get(
  port: number,
  headers: http.OutgoingHttpHeaders = {},
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    http
      .get({ host: '127.0.0.1', port, path: '/metrics', headers, agent: false }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      })
      .on('error', reject);
  });
}

it('are served to this machine when they are on, and to nobody under another name', async () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-metrics-'));
  const host = await createHost({ dataDir: dir, mode: 'browser' });
  const metrics = createMetrics({
    subscribe: (listener) => host.engine.subscribe(listener),
    stateOf: (runId) => host.engine.get(runId)?.state(),
  });
  const [on, off] = [await serve(host, { port: 0, metrics }), await serve(host, { port: 0 })];
  try {
    expect(await get(on.port)).toMatchObject({
      status: 200,
      text: expect.stringContaining('pipewright_runs_active 0') as string,
    });
    expect((await get(on.port, { host: 'evil.invalid' })).status).toBe(421);
    expect((await get(off.port)).status).toBe(401);
  } finally {
    await on.close();
    await off.close();
    metrics.close();
    await host.close();
    rmSync(dir, { recursive: true, force: true });
  }
});
