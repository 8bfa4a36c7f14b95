import { z } from 'zod';
import { hostProblem, labelProblem } from '../pipeline/place-values.ts';

export const hostNameSchema = z
  .string()
  .max(255)
  .refine((name) => hostProblem(name) === null);
export const hostLabelSchema = z
  .string()
  .max(100)
  .refine((label) => labelProblem(label) === null);

/** A host that stages run on by SSH and that somebody has registered. */
export const sshHostSchema = z.object({
  /** As OpenSSH knows it: an alias of its configuration, a host name, `user@host`. */
  name: z.string(),
  labels: z.array(z.string()),
  /** Stages that may run there at once. */
  slots: z.number().int(),
  /** Slots that stages hold now. */
  usedSlots: z.number().int(),
  /** Null: it was never tried. `problem` null: it works. */
  lastTest: z.object({ at: z.string(), problem: z.string().nullable() }).nullable(),
});
export type SshHostInfo = z.infer<typeof sshHostSchema>;

/** What the test of a connection looks at, in this order; one that fails ends the test. */
export const HOST_TEST_STEPS = [
  'name',
  'port',
  'host-key',
  'login',
  'shell',
  'rsync',
  'disk',
  'clock',
] as const;
export type HostTestStep = (typeof HOST_TEST_STEPS)[number];

export const hostKeySchema = z.object({
  /** `ssh-ed25519`. */
  type: z.string(),
  /** `SHA256:…`, as ssh shows it. */
  fingerprint: z.string(),
});
export type HostKey = z.infer<typeof hostKeySchema>;

/** What is known of one step; each says `running` before anything else. */
export const hostTestEventSchema = z.object({
  step: z.enum(HOST_TEST_STEPS),
  /** `warning`: stages run there, but not as well as they could. `skipped`: an earlier step failed, or it says nothing here. */
  status: z.enum(['running', 'passed', 'warning', 'failed', 'skipped']),
  /** What was found, one sentence; null while it runs. */
  words: z.string().nullable(),
  /** What to do about it, for a warning or a failure. */
  wayOut: z.string().nullable(),
  /** The key that an unknown host showed, which may be accepted; never one that differs from a known one. */
  offeredKey: hostKeySchema.nullable(),
});
export type HostTestEvent = z.infer<typeof hostTestEventSchema>;
