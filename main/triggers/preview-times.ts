import { nextTimes } from './schedule.ts';

export interface TimesRequest {
  readonly cron: string;
  /** That of this machine unless set. */
  readonly timezone?: string | undefined;
  readonly count: number;
}

export interface PreviewedTimes {
  /** ISO 8601, the soonest first. */
  readonly times: string[];
  /** Why there are none, in one sentence; null when nothing is wrong. */
  readonly problem: string | null;
}

/** When a schedule that is still being written would fire. */
export function previewTimes({ cron, timezone, count }: TimesRequest, nowMs: number): PreviewedTimes {
  try {
    const times = nextTimes({ cron, timezone: timezone ?? null }, count, nowMs);
    return { times: times.map((time) => new Date(time).toISOString()), problem: null };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { times: [], problem: sentenceOf(reason, timezone) };
  }
}

/** In the words of the file rather than in those of the library. */
function sentenceOf(reason: string, timezone: string | undefined): string {
  if (/\bparts\b/.test(reason)) {
    return 'Write five parts: minute, hour, day of the month, month and day of the week, such as 0 3 * * 1-5.';
  }
  if (timezone !== undefined && /time ?zone/i.test(reason)) {
    return `There is no time zone ${timezone}: write one such as Europe/Berlin.`;
  }
  const words = reason.replace(/^Cron\w+:\s*/, '');
  return `${words.charAt(0).toUpperCase()}${words.slice(1).replace(/\.?$/, '.')}`;
}
