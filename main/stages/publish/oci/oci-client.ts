import { createHash } from 'node:crypto';
import { AppError } from '#shared/lib/app-error.ts';
import type { Credential } from '../http/credential.ts';
import { again, ask, askOnce, type Peer, refusal } from '../http/peer.ts';
import { createAuthorizer } from './authorize.ts';
import type { OciReference } from './reference.ts';
import { uploadChunks } from './upload-chunks.ts';

export const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';
export const INDEX_TYPE = 'application/vnd.oci.image.index.v1+json';
const MANIFEST_TYPES = [
  MANIFEST_TYPE,
  INDEX_TYPE,
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
].join(', ');

export interface OciManifest {
  /** `sha256:…`, of the bytes that were received. */
  readonly digest: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** One repository of a registry, by the HTTP API of the OCI distribution specification 1.1. */
export interface OciClient {
  hasBlob(digest: string): Promise<boolean>;
  /** Sends content in chunks; goes on where a connection was cut. */
  pushBlob(digest: string, content: Blob): Promise<void>;
  /** Reads content back. @returns its digest; null: it is not there */
  digestOfBlob(digest: string): Promise<string | null>;
  /** @param reference a tag or a digest; null: there is none */
  manifest(reference: string): Promise<OciManifest | null>;
  /** @returns whether the registry knows which manifest this one refers to (`subject`), and lists it there */
  putManifest(reference: string, bytes: Uint8Array, mediaType: string): Promise<boolean>;
}

export const digestOf = (bytes: Uint8Array): string =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

export function createOciClient(
  peer: Peer,
  { origin, repository, name }: OciReference,
  credential: Credential,
): OciClient {
  const authorizer = createAuthorizer(peer, origin, credential, `repository:${repository}:pull,push`);
  const base = `${origin}/v2/${repository}`;

  /** As `ask`, or `askOnce`, signed in as the registry wants it; another server does not see the credential. */
  async function call<Answer>(
    url: string,
    init: RequestInit,
    read: (response: Response) => Promise<Answer>,
    send: typeof ask = ask,
  ): Promise<Answer> {
    const isOwn = new URL(url).origin === new URL(origin).origin;
    for (;;) {
      const headersOf = (): Headers => {
        const headers = new Headers(init.headers);
        for (const [key, value] of Object.entries(isOwn ? authorizer.header() : {})) headers.set(key, value);
        return headers;
      };
      const answer = await send(
        peer,
        url,
        () => ({ ...init, headers: headersOf() }),
        async (response) => {
          if (response.status !== 401 || !isOwn) return { value: await read(response) };
          const error = await refusal(peer, response.clone(), `let anyone into ${name}`);
          if (!(await authorizer.challenge(response))) throw error;
          await response.body?.cancel();
          return null;
        },
      );
      if (answer !== null) return answer.value;
    }
  }

  return {
    hasBlob: (digest) =>
      call(`${base}/blobs/${digest}`, { method: 'HEAD' }, async (response) => {
        if (response.ok || response.status === 404) return response.ok;
        throw await refusal(peer, response, `look for ${digest} in ${name}`);
      }),
    pushBlob: (digest, content) =>
      uploadChunks(
        { peer, call: (url, init, read) => call(url, init, read, askOnce), base, name },
        digest,
        content,
      ),
    digestOfBlob: (digest) =>
      call(`${base}/blobs/${digest}`, {}, async (response) => {
        if (response.status === 404) return null;
        if (!response.ok) throw await refusal(peer, response, `give ${digest} of ${name} back`);
        const hash = createHash('sha256');
        for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) hash.update(chunk);
        return `sha256:${hash.digest('hex')}`;
      }),
    manifest: (reference) =>
      call(`${base}/manifests/${reference}`, { headers: { accept: MANIFEST_TYPES } }, async (response) => {
        if (response.status === 404) return null;
        if (!response.ok) throw await refusal(peer, response, `give the manifest ${reference} of ${name}`);
        const bytes = await response.bytes();
        const mediaType = response.headers.get('content-type')?.split(';')[0] ?? MANIFEST_TYPE;
        return { digest: digestOf(bytes), mediaType, bytes };
      }),
    async putManifest(reference, bytes, mediaType) {
      const listed = await call(
        `${base}/manifests/${reference}`,
        { method: 'PUT', headers: { 'content-type': mediaType }, body: new Blob([new Uint8Array(bytes)]) },
        async (response) => {
          if (!response.ok) throw await refusal(peer, response, `take the manifest ${reference} of ${name}`);
          await response.body?.cancel();
          return response.headers.has('oci-subject');
        },
      );
      await again(peer, async () => {
        const stored = await this.manifest(reference);
        if (stored?.digest === digestOf(bytes)) return;
        throw new AppError(
          'service-failed',
          `${peer.name} gives another manifest back for ${name}:${reference} than it was sent: ${stored?.digest ?? 'none'}.`,
          { hint: 'Somebody else may publish the same tag at this moment.' },
        );
      });
      return listed;
    },
  };
}
