import { createTracing, type Tracing } from '#main/telemetry/create-tracing.ts';
import { parseTraceParent } from '#main/telemetry/trace-ids.ts';
import { traceTarget } from '#main/telemetry/trace-target.ts';
import type { Vault } from '#main/secrets/vault.ts';
import type { Settings } from '#main/store/settings.ts';
import { readTelemetrySettings } from '#shared/api/telemetry-settings.ts';
import { systemClock } from './system-clock.ts';
import { VERSION } from './version.ts';

export interface HostTracingOptions {
  readonly settings: Settings;
  readonly vault: Pick<Vault, 'read'>;
  readonly env: NodeJS.ProcessEnv;
}

/** Traces of the runs of a host, as OpenTelemetry's variables or the setting `telemetry` say. The SDK is loaded with the first. */
export function createHostTracing({ settings, vault, env }: HostTracingOptions): Tracing {
  return createTracing({
    clock: systemClock,
    target: () => traceTarget(env, readTelemetrySettings(settings.get('telemetry'))),
    resolveSecret: async (name) => (await vault.read([name], [{ type: 'global' }])).get(name) ?? null,
    async openSender(options) {
      const { createOtlpSender } = await import('#main/telemetry/otlp-sender.ts');
      return createOtlpSender({ ...options, version: VERSION });
    },
    cause: parseTraceParent(env['TRACEPARENT'] ?? ''),
  });
}
