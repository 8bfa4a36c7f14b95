import { z } from 'zod';
import type { Envelope } from './signature.ts';

/** What a sender told, in one form for all of them. */
export interface WebhookEvent {
  /** `other`: something that is no change of a branch, such as a release or a comment. */
  readonly kind: 'push' | 'pull-request' | 'ping' | 'other';
  /** The sender's own word. */
  readonly name: string;
  /** Of a pull request: the branch that it wants to change. */
  readonly ref: string | null;
  readonly commit: string | null;
  readonly actor: string | null;
  /** Null when it is not known. */
  readonly changed: readonly string[] | null;
  /** True when the branch or tag was removed. */
  readonly isRemoval: boolean;
  /** Of a pull request. */
  readonly request: PullRequest | null;
}

export interface PullRequest {
  /** The branch that it comes from. */
  readonly branch: string | null;
  /** Under which the sender's repository keeps its latest commit. */
  readonly ref: string | null;
  readonly isFromFork: boolean;
  /** False for what does not change its commits, as a label or its end. */
  readonly isUpdate: boolean;
  /** The sender's own word for what happened to it. */
  readonly action: string;
}

const person = z.looseObject({
  login: z.string().optional(),
  username: z.string().optional(),
  name: z.string().optional(),
});
const paths = z.array(z.string()).nullish();
const commit = z.looseObject({ added: paths, modified: paths, removed: paths });
const side = z.looseObject({
  ref: z.string().optional(),
  repo: z.looseObject({ id: z.number().optional() }).nullish(),
});
const payloadSchema = z.looseObject({
  action: z.string().optional(),
  ref: z.string().optional(),
  after: z.string().nullish(),
  checkout_sha: z.string().nullish(),
  deleted: z.boolean().optional(),
  commits: z.array(commit).nullish(),
  total_commits_count: z.number().optional(),
  total_commits: z.number().optional(),
  sender: person.nullish(),
  user: person.nullish(),
  user_username: z.string().optional(),
  pull_request: z
    .looseObject({
      number: z.number().int().optional(),
      head: side.extend({ sha: z.string() }),
      base: side.extend({ ref: z.string() }),
    })
    .optional(),
  object_attributes: z
    .looseObject({
      iid: z.number().int().optional(),
      action: z.string().optional(),
      oldrev: z.string().nullish(),
      source_branch: z.string().optional(),
      target_branch: z.string().optional(),
      source_project_id: z.number().optional(),
      target_project_id: z.number().optional(),
      last_commit: z.looseObject({ id: z.string() }).nullish(),
    })
    .optional(),
});
type Payload = z.infer<typeof payloadSchema>;

/** GitHub lists no more than this. */
const MAX_LISTED_COMMITS = 2_048;

/** @param body JSON @returns null when it is not what the sender sends */
export function readPayload({ event }: Envelope, body: Buffer): WebhookEvent | null {
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    // Not JSON: not theirs.
    return null;
  }
  const parsed = payloadSchema.safeParse(json);
  if (!parsed.success) return null;
  const payload = parsed.data;
  const kind = kindOf(event);
  const after = payload.after ?? payload.checkout_sha ?? null;
  const common = { kind, name: event, actor: actorOf(payload) };
  if (kind === 'pull-request') {
    const { pull_request: request, object_attributes: attributes } = payload;
    const base = request?.base.ref ?? attributes?.target_branch;
    return {
      ...common,
      ref: base === undefined ? null : `refs/heads/${base}`,
      commit: request?.head.sha ?? attributes?.last_commit?.id ?? null,
      changed: null,
      isRemoval: false,
      request: requestOf(payload),
    };
  }
  const isPush = kind === 'push';
  return {
    ...common,
    ref: isPush ? (payload.ref ?? null) : null,
    commit: isPush ? after : null,
    changed: isPush ? changedIn(payload) : null,
    isRemoval: isPush && (payload.deleted === true || (after !== null && /^0+$/.test(after))),
    request: null,
  };
}

/** New commits, in the words of each sender. */
const UPDATES = new Set(['opened', 'reopened', 'synchronize', 'synchronized', 'open', 'reopen']);

function requestOf({ action, pull_request: request, object_attributes: attributes }: Payload): PullRequest {
  if (request !== undefined) {
    const { number, head, base } = request;
    return {
      branch: head.ref ?? null,
      ref: number === undefined ? null : `refs/pull/${number}/head`,
      // A fork that is gone has no repository.
      isFromFork: base.repo?.id !== undefined && head.repo?.id !== base.repo.id,
      isUpdate: action === undefined || UPDATES.has(action),
      action: action ?? 'changed',
    };
  }
  const { iid, action: word, oldrev, source_branch: branch } = attributes ?? {};
  return {
    branch: branch ?? null,
    ref: iid === undefined ? null : `refs/merge-requests/${iid}/head`,
    isFromFork: attributes?.source_project_id !== attributes?.target_project_id,
    isUpdate: word === undefined || UPDATES.has(word) || (word === 'update' && Boolean(oldrev)),
    action: word ?? 'changed',
  };
}

function kindOf(event: string): WebhookEvent['kind'] {
  switch (event.toLowerCase()) {
    case 'push':
    case 'push hook':
    case 'tag push hook':
      return 'push';
    case 'pull_request':
    case 'merge request hook':
      return 'pull-request';
    case 'ping':
      return 'ping';
    default:
      return 'other';
  }
}

function actorOf({ sender, user, user_username: username }: Payload): string | null {
  for (const who of [sender, user]) {
    const name = who?.login ?? who?.username ?? who?.name;
    if (name !== undefined) return name;
  }
  return username ?? null;
}

/** Null when the sender lists no commits, or fewer than there were. */
function changedIn(payload: Payload): readonly string[] | null {
  const { commits, total_commits_count: gitlabTotal, total_commits: giteaTotal } = payload;
  if (!commits || commits.length === 0 || commits.length >= MAX_LISTED_COMMITS) return null;
  if ((gitlabTotal ?? giteaTotal ?? 0) > commits.length) return null;
  const files = commits.flatMap(({ added, modified, removed }) =>
    [added, modified, removed].flatMap((list) => list ?? []),
  );
  return files.length === 0 ? null : [...new Set(files)].sort();
}
