import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startChild } from './child-server.ts';
import { freePort } from './free-port.ts';

const S3RVER = path.resolve(import.meta.dirname, '../../../tools/node_modules/s3rver/bin/s3rver.js');

/** An S3-compatible service on loopback with a bucket `releases`. */
export interface TestS3 extends AsyncDisposable {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  readonly keyId: string;
  readonly key: string;
}

export async function startS3(): Promise<TestS3> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-s3-'));
  const port = await freePort();
  const place = ['--directory', dir, '--address', '127.0.0.1', '--port', String(port)];
  const { server } = await startChild(
    [process.execPath, S3RVER, ...place, '--configure-bucket', 'releases'],
    /listening on/i,
  );
  return {
    host: `127.0.0.1:${port}`,
    keyId: 'S3RVER',
    key: 'S3RVER',
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
