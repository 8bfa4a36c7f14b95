import { createHash } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { AwsV4Signer } from 'aws4fetch';
import { AppError } from '#shared/lib/app-error.ts';
import { ask, type Peer, refusal } from '../http/peer.ts';
import type { FileTarget } from './target.ts';

export interface S3Options {
  readonly peer: Peer;
  /** Of the service, without the bucket. */
  readonly endpoint: URL;
  readonly bucket: string;
  /** Before each path; '' or with a slash at its end. */
  readonly prefix: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** '' : none. */
  readonly sessionToken: string;
}

/** A bucket of an S3-compatible service, in path style. The service checks what arrives against the signed SHA-256. */
export function createS3Target(options: S3Options): FileTarget {
  const { peer, endpoint, bucket, prefix, region, accessKeyId, secretAccessKey, sessionToken } = options;
  const base = endpoint.href.replace(/\/$/, '');
  const urlOf = (file: string): string =>
    `${base}/${[bucket, ...(prefix + file).split('/')].map(encodeURIComponent).join('/')}`;

  async function signed(url: string, method: string, sha256: string): Promise<RequestInit> {
    const signer = new AwsV4Signer({
      ...{ url, method, accessKeyId, secretAccessKey, region, service: 's3' },
      ...(sessionToken === '' ? {} : { sessionToken }),
      headers: { 'x-amz-content-sha256': sha256 },
    });
    const { headers } = await signer.sign();
    return { method, headers };
  }
  const EMPTY = createHash('sha256').digest('hex');

  return {
    name: `the bucket ${bucket}`,
    urlOf: (file) => `s3://${bucket}/${prefix}${file}`,
    async digestOf({ path }) {
      const url = urlOf(path);
      return ask(
        peer,
        url,
        () => signed(url, 'GET', EMPTY),
        async (response) => {
          if (response.status === 404) {
            const text = await response.text();
            // A missing bucket is no missing file.
            if (!text.includes('NoSuchBucket')) return null;
            throw new AppError('service-failed', `There is no bucket ${bucket} at ${endpoint.host}.`, {
              hint: 'Make it first, or look at its name and at `endpoint`.',
            });
          }
          if (!response.ok) throw await refusal(peer, response, `show ${path}`);
          const hash = createHash('sha256');
          for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) hash.update(chunk);
          return hash.digest('hex');
        },
      );
    },
    async send({ path, absolute, sha256 }) {
      const url = urlOf(path);
      await ask(
        peer,
        url,
        async () => ({ ...(await signed(url, 'PUT', sha256)), body: await openAsBlob(absolute) }),
        async (response) => {
          if (!response.ok) throw await refusal(peer, response, `take ${path}`);
          await response.body?.cancel();
        },
      );
    },
  };
}
