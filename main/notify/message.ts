import { formatDuration } from '#shared/lib/durations.ts';
import type { Change } from './rules.ts';

/** What a message can tell of a run. */
export interface RunFacts {
  readonly runId: string;
  readonly number: number;
  /** Of the pipeline. */
  readonly name: string;
  readonly status: string;
  readonly projectDir: string;
  readonly pipelineFile: string;
  readonly branch: string | null;
  readonly commit: string | null;
  readonly trigger: string;
  readonly durationMs: number | null;
  readonly failedStages: readonly string[];
}

/** What happened to it. */
export interface News {
  readonly change: Change;
  /** The stage that waits, and what it asks. */
  readonly approval: { readonly stage: string; readonly message: string } | null;
}

const VERBS: Readonly<Record<Change, string>> = {
  succeeded: 'succeeded',
  failed: 'failed',
  fixed: 'works again',
  cancelled: 'was cancelled',
  interrupted: 'was interrupted',
  'waiting-approval': 'waits for an approval',
};

/** One line: `Web shop #12 failed on main`. */
export function headlineOf(facts: RunFacts, { change }: News): string {
  const branch = facts.branch === null ? '' : ` on ${facts.branch}`;
  return `${facts.name} #${facts.number} ${VERBS[change]}${branch}`;
}

/** What there is to say besides the headline, a line each. */
export function detailsOf(facts: RunFacts, { approval }: News): string[] {
  const { failedStages, durationMs, commit, projectDir, pipelineFile, runId } = facts;
  const lines: string[] = [];
  if (approval !== null) lines.push(`${approval.stage}: ${approval.message}`);
  if (failedStages.length > 0) lines.push(`Failed: ${failedStages.slice(0, 20).join(', ')}`);
  if (durationMs !== null) lines.push(`After ${formatDuration(durationMs)}`);
  if (commit !== null) lines.push(`Commit ${commit.slice(0, 10)}`);
  lines.push(`${pipelineFile} in ${projectDir}`);
  lines.push(
    approval === null ? `pipewright runs show ${runId}` : `pipewright approve ${runId} ${approval.stage}`,
  );
  return lines;
}

/** What fits into a notification of the desktop. */
export function noticeOf(facts: RunFacts, news: News): { readonly title: string; readonly body: string } {
  const { failedStages, durationMs } = facts;
  const { approval } = news;
  const parts = approval === null ? [] : [`${approval.stage}: ${approval.message}`];
  if (failedStages.length > 0) parts.push(`Failed: ${failedStages.slice(0, 5).join(', ')}`);
  if (approval === null && durationMs !== null) parts.push(`After ${formatDuration(durationMs)}`);
  return { title: headlineOf(facts, news).slice(0, 200), body: parts.join(' · ').slice(0, 500) };
}

const COLORS: Readonly<Record<Change, number>> = {
  succeeded: 0x2da44e,
  fixed: 0x2da44e,
  failed: 0xcf222e,
  interrupted: 0xbf8700,
  cancelled: 0x8c959f,
  'waiting-approval': 0x0969da,
};

/**
 * The body that a chat or another program takes.
 * @param text in place of our own words
 */
export function webhookBody(
  format: 'json' | 'slack' | 'teams' | 'discord',
  facts: RunFacts,
  news: News,
  text: string | null,
): unknown {
  const headline = headlineOf(facts, news);
  const details = detailsOf(facts, news);
  switch (format) {
    case 'json':
      return { text: text ?? headline, change: news.change, approval: news.approval, run: facts };
    case 'slack': {
      const words = escapeSlack(text ?? `*${headline}*\n${details.join('\n')}`);
      return {
        text: escapeSlack(text ?? headline),
        blocks: [{ type: 'section', text: { type: 'mrkdwn', text: words.slice(0, 3_000) } }],
      };
    }
    case 'teams':
      return {
        type: 'message',
        attachments: [
          {
            contentType: 'application/vnd.microsoft.card.adaptive',
            content: {
              $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
              type: 'AdaptiveCard',
              version: '1.4',
              body: [
                { type: 'TextBlock', text: text ?? headline, weight: 'Bolder', wrap: true },
                ...(text === null ? [{ type: 'TextBlock', text: details.join('\n\n'), wrap: true }] : []),
              ],
            },
          },
        ],
      };
    case 'discord':
      return {
        // A name of a branch must not call everyone.
        allowed_mentions: { parse: [] },
        embeds: [
          {
            title: headline.slice(0, 256),
            description: (text ?? details.join('\n')).slice(0, 4_096),
            color: COLORS[news.change],
          },
        ],
      };
  }
}

/** What Slack takes for a link or a mention, as plain text. */
function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
