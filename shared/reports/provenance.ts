import { z } from 'zod';

const digestSchema = z.object({ name: z.string(), sha256: z.string() });

export const provenanceSchema = z.object({
  /** `https://slsa.dev/provenance/v1`. */
  predicateType: z.string(),
  /** What was made. */
  subjects: z.array(digestSchema),
  /** What it was made of: URI and digest, such as a commit. */
  materials: z.array(z.object({ uri: z.string(), digest: z.string().nullable() })),
  builder: z.string().nullable(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  /** SHA-256 of the public key; null: it is not signed. */
  keyId: z.string().nullable(),
  /** Whether the signature was checked against that key when it was read. */
  verified: z.boolean(),
});
/** An in-toto statement with SLSA provenance, as people look at it. */
export type Provenance = z.infer<typeof provenanceSchema>;
