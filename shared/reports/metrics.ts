import { z } from 'zod';

export const metricUnitSchema = z.enum(['count', 'ms', 'bytes', 'percent', 'ratio']);
export type MetricUnit = z.infer<typeof metricUnitSchema>;

export const metricSchema = z.object({
  /** `complexity.max`, `bundle.gzip`: the same from run to run, so that it has a trend. */
  name: z.string(),
  value: z.number(),
  unit: metricUnitSchema,
  /** Which way is good; null: neither. */
  better: z.enum(['lower', 'higher']).nullable(),
});
/** A figure that a stage measured. */
export type Metric = z.infer<typeof metricSchema>;

export const metricsReportSchema = z.object({ metrics: z.array(metricSchema) });
export type MetricsReport = z.infer<typeof metricsReportSchema>;
