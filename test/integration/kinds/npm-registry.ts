import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { freePort } from './peers/free-port.ts';

const VERDACCIO = path.resolve(import.meta.dirname, '../../tools/node_modules/verdaccio/bin/verdaccio');

/** A registry on loopback with nothing behind it. It ends with `dispose`. */
export interface NpmRegistry extends AsyncDisposable {
  readonly url: string;
  /** Publishes a package, with files of its own by their path if any are given. */
  publish(
    name: string,
    version: string,
    manifest?: Readonly<Record<string, unknown>>,
    files?: Readonly<Record<string, string>>,
  ): Promise<void>;
}

export async function startNpmRegistry(): Promise<NpmRegistry> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-registry-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const config = path.join(dir, 'config.yaml');
  const access = { access: '$all', publish: '$all', unpublish: '$all' };
  const settings = {
    storage: path.join(dir, 'storage'),
    packages: { '@*/*': access, '**': access },
    log: { type: 'stdout', format: 'json', level: 'warn' },
    listen: [`127.0.0.1:${port}`],
  };
  writeFileSync(config, JSON.stringify(settings));
  const server = spawn(process.execPath, [VERDACCIO, '--config', config], { stdio: 'ignore', cwd: dir });
  await untilItAnswers(`${url}-/ping`, server);
  return {
    url,
    async publish(name, version, manifest = {}, files = {}) {
      const full = { name, version, ...manifest };
      const file = `${name.replace('/', '-')}-${version}.tgz`;
      const tarball = await tarballOf(full, files);
      const shasum = createHash('sha1').update(tarball).digest('hex');
      const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
      const dist = { tarball: `${url}${name}/-/${file}`, shasum, integrity };
      const body = {
        ...{ _id: name, name, 'dist-tags': { latest: version } },
        versions: { [version]: { ...full, _id: `${name}@${version}`, dist } },
        _attachments: {
          [file]: {
            ...{ content_type: 'application/octet-stream', length: tarball.length },
            data: tarball.toString('base64'),
          },
        },
      };
      const answer = await fetch(`${url}${encodeURIComponent(name)}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    },
    async [Symbol.asyncDispose]() {
      if (server.exitCode === null) {
        const exited = once(server, 'exit');
        server.kill();
        await exited;
      }
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function tarballOf(
  manifest: Readonly<Record<string, unknown>>,
  files: Readonly<Record<string, string>>,
): Promise<Buffer> {
  const archive = pack();
  archive.entry({ name: 'package/package.json' }, JSON.stringify(manifest));
  for (const [name, text] of Object.entries(files)) archive.entry({ name: `package/${name}` }, text);
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return gzipSync(Buffer.concat(chunks));
}

async function untilItAnswers(url: string, server: ChildProcess): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`The registry ended with exit code ${server.exitCode}.`);
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok === true) return;
  }
}
