import { again, Passing, type Peer, refusal, statusText } from '../http/peer.ts';

const CHUNK_BYTES = 16 * 1024 * 1024;

export interface UploadTarget {
  readonly peer: Peer;
  /** Signed in, and tried once; see `createOciClient`. */
  readonly call: <Answer>(
    url: string,
    init: RequestInit,
    read: (response: Response) => Promise<Answer>,
  ) => Promise<Answer>;
  /** `https://host/v2/repository`. */
  readonly base: string;
  readonly name: string;
}

/**
 * Sends content piece by piece. After a cut the registry is asked how much it has, and the rest follows; a registry that
 * has forgotten the upload gets it from the beginning.
 */
export async function uploadChunks(target: UploadTarget, digest: string, content: Blob): Promise<void> {
  const { peer, name } = target;
  await again(peer, async () => {
    let location = await begin(target);
    // Each piece has tries of its own, with what arrived of it taken into account.
    for (let sent = 0; sent < content.size;) {
      const known = { location, sent };
      let isFirst = true;
      ({ location, sent } = await again(peer, async () => {
        const have = isFirst ? known : await hasArrived(target, known.location);
        isFirst = false;
        const end = Math.min(have.sent + CHUNK_BYTES, content.size);
        return have.sent >= content.size
          ? have
          : send(target, have.location, content.slice(have.sent, end), have.sent);
      }));
    }
    await finish(target, location, digest, name);
  });
}

interface Upload {
  readonly location: string;
  readonly sent: number;
}

const begin = ({ call, base, peer, name }: UploadTarget): Promise<string> =>
  call(`${base}/blobs/uploads/`, { method: 'POST' }, async (response) => {
    if (response.status !== 202) throw await refusal(peer, response, `take content for ${name}`);
    await response.body?.cancel();
    return locationOf(response, base);
  });

/** `0-0` is said of nothing, too. */
async function hasArrived({ call, base }: UploadTarget, location: string): Promise<Upload> {
  return call(location, {}, async (response) => {
    await response.body?.cancel();
    if (response.status !== 204)
      throw new Passing(`the upload is not known any more (${statusText(response)})`);
    const end = Number(/^(?:bytes=)?0-(\d+)$/.exec(response.headers.get('range') ?? '')?.[1] ?? 0);
    return { location: locationOf(response, base, location), sent: end === 0 ? 0 : end + 1 };
  });
}

const send = (
  { call, base, peer, name }: UploadTarget,
  location: string,
  piece: Blob,
  from: number,
): Promise<Upload> =>
  call(
    location,
    {
      method: 'PATCH',
      headers: {
        'content-type': 'application/octet-stream',
        'content-range': `${from}-${from + piece.size - 1}`,
      },
      body: piece,
    },
    async (response) => {
      if (response.status === 416) {
        await response.body?.cancel();
        throw new Passing('the registry has another part of the content than was thought');
      }
      if (response.status !== 202) throw await refusal(peer, response, `take content for ${name}`);
      await response.body?.cancel();
      return { location: locationOf(response, base, location), sent: from + piece.size };
    },
  );

const finish = (
  { call, peer }: UploadTarget,
  location: string,
  digest: string,
  name: string,
): Promise<void> => {
  const url = new URL(location);
  url.searchParams.set('digest', digest);
  return call(url.href, { method: 'PUT' }, async (response) => {
    if (response.status !== 201) throw await refusal(peer, response, `keep ${digest} in ${name}`);
    await response.body?.cancel();
  });
};

/** Where to go on: it may be relative, and it changes with each piece. */
function locationOf(response: Response, base: string, fallback?: string): string {
  return new URL(response.headers.get('location') ?? fallback ?? base, base).href;
}
