import { ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  detectResources,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceNameEnvDetector,
} from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  type SpanExporter,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { SpanFacts } from './span-facts.ts';

/**
 * A delivery and its repetitions, together. Also what a dead collector costs the end of a command: the SDK's timers keep
 * a process alive that long.
 */
const DELIVERY_MS = 2_000;
/** What a crash may take. */
const COLLECT_MS = 1_000;
/** Some ten thousand stages that end at once. */
const MAX_QUEUE = 50_000;

export interface OtlpSender {
  /** Takes spans; they leave by themselves. */
  send(spans: readonly SpanFacts[]): void;
  /** Sends what is left; what cannot be delivered in two seconds is dropped. Never rejects. */
  close(): Promise<void>;
}

export interface OtlpOptions {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Pipewright's. */
  readonly version: string;
  /** Told of every delivery: why it failed, or null. */
  readonly onDelivered: (fault: string | null) => void;
}

/** Turns facts into spans of OpenTelemetry's SDK and sends them as OTLP over HTTP. Loads the SDK: import it late. */
export function createOtlpSender({ url, headers, version, onDelivered }: OtlpOptions): OtlpSender {
  const ids = { traceId: '', spanId: '' };
  const exporter = new OTLPTraceExporter({ url, headers: { ...headers }, timeoutMillis: DELIVERY_MS });
  const provider = new TracerProvider({
    sampler: new AlwaysOnSampler(),
    // Ids are facts of the run; the SDK asks for them while it begins a span.
    idGenerator: { generateTraceId: () => ids.traceId, generateSpanId: () => ids.spanId },
    resource: resourceFromAttributes({ 'service.name': 'pipewright', 'service.version': version }).merge(
      detectResources({ detectors: [resourceAttributesEnvDetector, serviceNameEnvDetector] }),
    ),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: reporting(exporter, onDelivered),
        scheduledDelayMillis: COLLECT_MS,
        exportTimeoutMillis: DELIVERY_MS,
        maxQueueSize: MAX_QUEUE,
      }),
    ],
  });
  const tracer = provider.getTracer('pipewright', version);

  function begin({ traceId, spanId, parentSpanId, ...facts }: SpanFacts): Span {
    Object.assign(ids, { traceId, spanId });
    const parent = { traceId, spanId: parentSpanId ?? '', traceFlags: TraceFlags.SAMPLED };
    return tracer.startSpan(
      facts.name,
      {
        kind: parentSpanId === null ? SpanKind.SERVER : SpanKind.INTERNAL,
        startTime: new Date(facts.startMs),
        attributes: facts.attributes,
        links: facts.links.map((place) => ({ context: { ...place, traceFlags: TraceFlags.SAMPLED } })),
      },
      parentSpanId === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent),
    );
  }

  return {
    send(spans) {
      for (const facts of spans) {
        const span = begin(facts);
        for (const { name, attributes, atMs } of facts.moments)
          span.addEvent(name, attributes, new Date(atMs));
        if (facts.error !== null) span.setStatus({ code: SpanStatusCode.ERROR, message: facts.error });
        span.end(new Date(facts.endMs));
      }
    },
    async close() {
      // What could not be delivered was told by then.
      await provider.shutdown().catch(() => undefined);
    },
  };
}

function reporting(exporter: SpanExporter, onDelivered: OtlpOptions['onDelivered']): SpanExporter {
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        onDelivered(result.error === undefined ? null : describe(result.error));
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
  };
}

function describe(error: Error & { readonly code?: unknown }): string {
  if (typeof error.code === 'number') return `the collector answered ${error.code}`;
  return typeof error.code === 'string' ? error.code : error.message;
}
