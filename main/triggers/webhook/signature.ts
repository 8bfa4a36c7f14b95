import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export type Sender = 'github' | 'gitlab' | 'gitea';

/** What a request says of itself, before anything of it is believed. */
export interface Envelope {
  readonly sender: Sender;
  /** The sender's own word: `push`, `pull_request`, `Push Hook`. */
  readonly event: string;
  /** Null when the sender names none. */
  readonly delivery: string | null;
  isSignedWith(secret: string, body: Buffer): boolean;
}

/** Null for a request of no sender that is known. Gitea also sends GitHub's headers, so it is looked for first. */
export function openEnvelope(headers: IncomingHttpHeaders): Envelope | null {
  const get = (name: string): string | null => {
    const value = headers[name];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const gitea = get('x-gitea-event');
  if (gitea !== null) {
    const signature = get('x-gitea-signature');
    return {
      sender: 'gitea',
      event: gitea,
      delivery: get('x-gitea-delivery'),
      isSignedWith: (secret, body) => isEqual(signature, hmac(secret, body)),
    };
  }
  const gitlab = get('x-gitlab-event');
  if (gitlab !== null) {
    const token = get('x-gitlab-token');
    return {
      sender: 'gitlab',
      event: gitlab,
      delivery: get('x-gitlab-event-uuid') ?? get('idempotency-key'),
      isSignedWith: (secret) => isEqual(token, secret),
    };
  }
  const github = get('x-github-event');
  if (github === null) return null;
  const signature = get('x-hub-signature-256');
  return {
    sender: 'github',
    event: github,
    delivery: get('x-github-delivery'),
    isSignedWith: (secret, body) => isEqual(signature, `sha256=${hmac(secret, body)}`),
  };
}

/**
 * What makes a delivery the same as one before. The name of a delivery is not signed, so a request that was recorded can come
 * again under another; its body cannot.
 */
export function idsOf({ sender, delivery }: Envelope, projectId: string, body: Buffer): string[] {
  const hash = createHash('sha256').update(body).digest('hex');
  const names = [`sha256:${hash}`, ...(delivery === null ? [] : [`name:${delivery.slice(0, 200)}`])];
  return names.map((name) => `${projectId}:${sender}:${name}`);
}

function hmac(secret: string, body: Buffer): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}

/** Takes the same time whatever differs, and whatever the lengths. An empty secret equals nothing. */
function isEqual(given: string | null, expected: string): boolean {
  if (given === null || expected === '') return false;
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
