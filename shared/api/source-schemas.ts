import { z } from 'zod';

/** How a file stands in its Git repository. */
export const GIT_FILE_STATUSES = ['clean', 'modified', 'added', 'untracked', 'ignored', 'conflict'] as const;

export const gitFileSchema = z.object({
  /** Null for a detached head. */
  branch: z.string().nullable(),
  status: z.enum(GIT_FILE_STATUSES),
});
export type GitFile = z.infer<typeof gitFileSchema>;

/** What the newest commit has of a file. */
export const headSchema = z.object({
  /** Null outside of a repository, and where there is no Git. */
  git: gitFileSchema.nullable(),
  /** As the commit has it, byte order mark included; null when it does not have the file. */
  text: z.string().nullable(),
});
export type Head = z.infer<typeof headSchema>;

/** A pipeline file as it is edited. */
export const sourceSchema = z.object({
  file: z.string(),
  /** Every character of the file, a byte order mark included. */
  text: z.string(),
  /** Names these bytes; saving asks for it. */
  hash: z.string(),
  /** One sentence that says why the file cannot be changed; null when it can. */
  readOnly: z.string().nullable(),
});
export type Source = z.infer<typeof sourceSchema>;

/** What became of writing a file. */
export const savedSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('saved'), hash: z.string() }),
  /** It is no longer what was read: nothing was written. */
  z.object({ status: z.literal('changed'), source: sourceSchema }),
  /** It is gone: nothing was written. */
  z.object({ status: z.literal('removed') }),
]);
export type Saved = z.infer<typeof savedSchema>;

/** Text that is not saved yet, and what it was made from. */
export const draftSchema = z.object({
  text: z.string(),
  /** The file's text when these changes began, and its hash. */
  baseText: z.string(),
  baseHash: z.string(),
  /** Epoch milliseconds. */
  savedAt: z.number(),
});
export type Draft = z.infer<typeof draftSchema>;
