import { z } from 'zod';
import { formatSize } from '#shared/lib/sizes.ts';
import type { Finding } from '#shared/reports/findings.ts';
import { finding } from '../../tools/forms.ts';
import { bytesOf, sizeSetting } from '../../tools/size-setting.ts';

const MEASURES = ['bytes', 'gzip', 'brotli'] as const;

/** What something may weigh at most. */
export const budgetSetting = z.strictObject({
  bytes: sizeSetting.optional().describe('As it is'),
  gzip: sizeSetting.optional().describe('Compressed with gzip'),
  brotli: sizeSetting.optional().describe('Compressed with Brotli'),
});
export type Budget = z.output<typeof budgetSetting>;

/** What is heavier than it may be. @param what for people: `src/main.ts`, `all files` */
export function overBudget(
  tool: string,
  what: string,
  file: string | null,
  sizes: Readonly<Partial<Record<(typeof MEASURES)[number], number>>>,
  budget: Budget,
): Finding[] {
  return MEASURES.flatMap((measure) => {
    const limit = budget[measure];
    const size = sizes[measure];
    if (limit === undefined || size === undefined || size <= bytesOf(limit)) return [];
    const how = measure === 'bytes' ? '' : ` with ${measure}`;
    const message = `${what}: ${formatSize(size)}${how}, and ${formatSize(bytesOf(limit))} are allowed`;
    return [finding({ tool, ruleId: `budget-${measure}`, severity: 'high', message, file })];
  });
}
