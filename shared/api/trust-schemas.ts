import { z } from 'zod';
import type { ProjectId } from '../lib/ids.ts';
import { TRUST_KINDS } from '../pipeline/trust-facts.ts';

/** A pipeline file of a project, which is what trust is given to. */
export interface TrustKey {
  readonly projectId: ProjectId;
  /** Relative to the project's folder, with forward slashes. */
  readonly file: string;
}

/**
 * How a file came to be trusted: somebody was asked, named the option `--trust`, installed the Git hooks that run it, or
 * Pipewright made the project itself.
 */
export const TRUST_WAYS = ['asked', '--trust', 'hooks-installed', 'made-here'] as const;
export type TrustWay = (typeof TRUST_WAYS)[number];

export const trustItemSchema = z.object({ kind: z.enum(TRUST_KINDS), text: z.string() });

/** What somebody accepted, and when. */
export const trustGrantSchema = z.object({
  projectId: z.custom<ProjectId>(),
  file: z.string(),
  /** SHA-256 over `items`, as hexadecimal digits. */
  digest: z.string(),
  /** The triggers and privileged options at that time. */
  items: z.array(trustItemSchema),
  at: z.string(),
  how: z.enum(TRUST_WAYS),
});
export type TrustGrant = z.infer<typeof trustGrantSchema>;

/** `unknown`: nobody ever accepted the file; `changed`: somebody did, with other triggers or privileged options. */
export const trustStatusSchema = z.enum(['unknown', 'changed', 'trusted']);
export type TrustStatus = z.infer<typeof trustStatusSchema>;

export const trustViewSchema = z.object({
  status: trustStatusSchema,
  projectDir: z.string(),
  file: z.string(),
  /** Of the pipeline. */
  name: z.string(),
  /** Names this state of the triggers and privileged options, for `trust.grant`. */
  digest: z.string(),
  /** What would be executed, each stage after those that it needs. */
  stages: z.array(
    z.object({ id: z.string(), commands: z.array(z.object({ label: z.string(), text: z.string() })) }),
  ),
  /** The triggers and privileged options. */
  items: z.array(trustItemSchema),
  /** With `changed`: against what was accepted last. */
  changes: z.array(z.object({ change: z.enum(['added', 'removed']), item: trustItemSchema })),
  /** What was accepted last; null: nothing. */
  accepted: z.object({ at: z.string(), how: z.enum(TRUST_WAYS) }).nullable(),
});
export type TrustView = z.infer<typeof trustViewSchema>;
