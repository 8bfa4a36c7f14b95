import { expect, it } from 'vitest';
import { readTelemetrySettings } from '#shared/api/telemetry-settings.ts';
import { parseTraceParent } from './trace-ids.ts';
import { traceTarget } from './trace-target.ts';

const OFF = readTelemetrySettings({});
const ON = readTelemetrySettings({ traces: { enabled: true, endpoint: 'https://collector.example' } });

it('sends nothing unless something is set', () => {
  expect(traceTarget({}, OFF)).toBeNull();
  expect(traceTarget({ OTEL_EXPORTER_OTLP_ENDPOINT: ' ' }, OFF)).toBeNull();
});

it.each([
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318' }, 'http://c:4318/v1/traces'],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318/otlp/' }, 'http://c:4318/otlp/v1/traces'],
  [
    { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://c/own', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://d' },
    'http://c/own',
  ],
  [{}, 'https://collector.example/v1/traces'],
])('prefers variables to the setting: %j', (env, url) => {
  expect(traceTarget(env, ON)?.url).toBe(url);
});

it('keeps the path of an endpoint that has one', () => {
  const settings = readTelemetrySettings({
    traces: { enabled: true, endpoint: 'https://c.example/in/otlp' },
  });
  expect(traceTarget({}, settings)?.url).toBe('https://c.example/in/otlp');
});

it('is switched off by the variables that switch the SDK off', () => {
  expect(traceTarget({ OTEL_SDK_DISABLED: 'true' }, ON)).toBeNull();
  expect(traceTarget({ OTEL_TRACES_EXPORTER: 'none' }, ON)).toBeNull();
});

it.each([
  '',
  'nonsense',
  `00-${'0'.repeat(32)}-${'1'.repeat(16)}-01`,
  `ff-${'1'.repeat(32)}-${'1'.repeat(16)}-01`,
])('takes %j for no trace parent', (text) => {
  expect(parseTraceParent(text)).toBeNull();
});
