import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createHost } from '#main/host/create-host.ts';
import { serve, type Server } from '#main/host/http/serve.ts';
import { type Figure, median, rounded } from './figure.ts';
import { storeLargeRun } from './large-reports.ts';

const ROUNDS = 5;
/** Of what the API sends: read from a file and parsed, without a database, a check or a socket. */
const RATIO = 12;

/**
 * Opens the inspectors of a run with very much in it over HTTP, as a browser does, beside a run before it; against reading
 * the same JSON from a file.
 */
export async function benchInspectors(): Promise<Figure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pipewright-bench-'));
  const [projectDir, rendererDir] = [path.join(folder, 'project'), path.join(folder, 'renderer')];
  for (const dir of [projectDir, rendererDir]) mkdirSync(dir);
  writeFileSync(path.join(rendererDir, 'index.html'), '');
  const host = await createHost({ dataDir: path.join(folder, 'data'), mode: 'browser' });
  const server = await serve(host, { port: 0, rendererDir });
  try {
    const saves: number[] = [];
    const runIds = [0, 1].map((index) => {
      const { runId, savedInMs } = storeLargeRun(host.store, projectDir, index);
      saves.push(savedInMs);
      return runId;
    });
    const url = (name: string): string => `/runs/${runIds[1]}/${name}`;
    return [
      ...(await opened(server, folder, 'tests', url('tests'), 1_000)),
      ...(await opened(server, folder, 'coverage', url('coverage'), 500)),
      ...(await opened(server, folder, 'findings', url('findings'), 2_000)),
      ...(await opened(server, folder, 'compare', `/runs/${runIds[0]}/compare/${runIds[1]}`, 5_000)),
      { name: 'inspectors.store-tests', value: rounded(median(saves)), unit: 'ms', limit: 3_000 },
    ];
  } finally {
    await server.close();
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function opened(
  { port, token }: Server,
  folder: string,
  name: string,
  pathname: string,
  limit: number,
): Promise<Figure[]> {
  const file = path.join(folder, `${name}.json`);
  const headers = { authorization: `Bearer ${token}`, connection: 'close' };
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const begin = performance.now();
    const response = await fetch(`http://127.0.0.1:${port}/api${pathname}`, { headers });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    JSON.parse(text);
    const middle = performance.now();
    // The first round warms up.
    if (round === 0) {
      writeFileSync(file, text);
      continue;
    }
    const bareBegin = performance.now();
    JSON.parse(readFileSync(file, 'utf8'));
    ours.push(middle - begin);
    bare.push(performance.now() - bareBegin);
  }
  const [value, baseline] = [median(ours), median(bare)];
  const whole = { name: `inspectors.${name}`, value: rounded(value), unit: 'ms', limit };
  const ratio = { baseline: rounded(baseline), ratio: rounded(value / baseline), limit: RATIO };
  return name === 'compare' ? [whole] : [whole, { ...whole, name: `${whole.name}-over-bare`, ...ratio }];
}
