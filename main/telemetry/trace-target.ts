import type { TelemetrySettings } from '#shared/api/telemetry-settings.ts';

const TRACES_PATH = 'v1/traces';

/** Where traces go. */
export interface TraceTarget {
  /** Of OTLP over HTTP, with its path. */
  readonly url: string;
  /** Beside those of `OTEL_EXPORTER_OTLP_HEADERS`, which the SDK adds: names of headers and of the secrets with their values. */
  readonly headers: TelemetrySettings['traces']['headers'];
}

/**
 * OpenTelemetry's own variables come first, since they are set for one process; then the setting. Null: traces are off.
 * @throws TypeError when an address in a variable is none
 */
export function traceTarget(
  env: Readonly<Record<string, string | undefined>>,
  { traces }: Pick<TelemetrySettings, 'traces'>,
): TraceTarget | null {
  if (env['OTEL_SDK_DISABLED']?.trim().toLowerCase() === 'true') return null;
  if (env['OTEL_TRACES_EXPORTER']?.trim() === 'none') return null;
  const whole = env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']?.trim() ?? '';
  if (whole !== '') return { url: new URL(whole).href, headers: [] };
  const base = env['OTEL_EXPORTER_OTLP_ENDPOINT']?.trim() ?? '';
  if (base !== '')
    return { url: new URL(TRACES_PATH, base.endsWith('/') ? base : `${base}/`).href, headers: [] };
  if (!traces.enabled) return null;
  const url = new URL(traces.endpoint);
  if (url.pathname === '/') url.pathname = TRACES_PATH;
  return { url: url.href, headers: traces.headers };
}
