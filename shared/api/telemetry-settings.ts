import { z } from 'zod';

/** A header of what is sent, such as `authorization`; its value is that of a global secret. */
const headerSchema = z.object({
  name: z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'A header has letters, digits and hyphens.'),
  secret: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'This is no name of a secret.'),
});

/** The setting `telemetry`. Both are off unless set. */
export const telemetrySettingsSchema = z.object({
  /** Prometheus' `/metrics`, served by `pipewright serve` from its next start on. */
  metrics: z.object({ enabled: z.boolean().default(false) }).prefault({}),
  /** OpenTelemetry traces over OTLP/HTTP; what is set holds from the next run on. */
  traces: z
    .object({
      enabled: z.boolean().default(false),
      /** Of a collector, such as `http://localhost:4318`; without a path `/v1/traces` is added. */
      endpoint: z
        .url({ protocol: /^https?$/, error: 'This is no http or https address.' })
        .default('http://localhost:4318'),
      headers: z.array(headerSchema).default([]),
    })
    .prefault({}),
});

export type TelemetrySettings = z.infer<typeof telemetrySettingsSchema>;

/** What is stored, with what is left out filled in; everything off when it has a shape that nobody knows. */
export function readTelemetrySettings(stored: unknown): TelemetrySettings {
  const parsed = telemetrySettingsSchema.safeParse(stored ?? {});
  return parsed.success ? parsed.data : telemetrySettingsSchema.parse({});
}
