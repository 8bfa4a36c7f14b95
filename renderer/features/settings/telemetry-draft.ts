import { type TelemetrySettings, telemetrySettingsSchema } from '#shared/api/telemetry-settings.ts';
import { readWith, type ReadDraft } from './field-errors.ts';

/** What is told to other systems as its fields show it. */
export interface TelemetryDraft {
  readonly metrics: boolean;
  readonly traces: boolean;
  readonly endpoint: string;
  readonly headers: readonly { readonly name: string; readonly secret: string }[];
}

export const telemetryDraft = ({ metrics, traces }: TelemetrySettings): TelemetryDraft => ({
  metrics: metrics.enabled,
  traces: traces.enabled,
  endpoint: traces.endpoint,
  headers: traces.headers.map(({ name, secret }) => ({ name, secret })),
});

/** Headers without name and secret are left out. */
export const readTelemetryDraft = (draft: TelemetryDraft): ReadDraft<TelemetrySettings> =>
  readWith(telemetrySettingsSchema, {
    metrics: { enabled: draft.metrics },
    traces: {
      enabled: draft.traces,
      endpoint: draft.endpoint.trim(),
      headers: draft.headers
        .map(({ name, secret }) => ({ name: name.trim(), secret }))
        .filter(({ name, secret }) => name !== '' || secret !== ''),
    },
  });
