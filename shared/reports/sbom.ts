import { z } from 'zod';

export const componentSchema = z.object({
  /** Unique in its bill: the package URL where there is one. */
  ref: z.string(),
  name: z.string(),
  version: z.string().nullable(),
  /** `pkg:npm/lodash@4.17.21`, by the package URL specification. */
  purl: z.string().nullable(),
  /** `library`, `application`, `file`, … as CycloneDX has them. */
  type: z.string(),
  /** SPDX identifiers or expressions; other names as they were written. Empty: unknown. */
  licenses: z.array(z.string()),
  scope: z.enum(['runtime', 'development', 'unknown']),
  /** Whether the project itself names it. */
  direct: z.boolean(),
});
export type Component = z.infer<typeof componentSchema>;

export const sbomSchema = z.object({
  /** `CycloneDX 1.6`. */
  format: z.string(),
  /** The thing itself; null where the bill does not say. */
  subject: z.object({ name: z.string(), version: z.string().nullable() }).nullable(),
  components: z.array(componentSchema),
  /** Who needs whom, by `ref`; `''` is the thing itself. */
  dependencies: z.array(z.object({ from: z.string(), to: z.array(z.string()) })),
});
/** What every bill of materials becomes. */
export type Sbom = z.infer<typeof sbomSchema>;
