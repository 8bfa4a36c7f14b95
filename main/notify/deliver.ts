import type { SmtpSettings } from '#shared/api/setting-schemas.ts';
import { detailsOf, headlineOf, type News, type RunFacts, webhookBody } from './message.ts';
import type { Channel } from './rules.ts';
import { postJson, sendEmail, SendFailure } from './send.ts';

/** What a message needs besides the news. */
export interface DeliveryPorts {
  /** Null while no mail server is set. */
  readonly smtp: () => SmtpSettings | null;
  /** Null when there is no such secret. */
  readonly resolveSecret: (name: string) => Promise<string | null>;
  /** Evaluates `${{ }}`. */
  readonly interpolate: (template: string, contexts: Readonly<Record<string, unknown>>) => string;
}

/** A message as it leaves; secrets are filled in. */
export type Message =
  | {
      readonly type: 'email';
      readonly to: readonly string[];
      readonly subject: string;
      readonly text: string;
    }
  | { readonly type: 'webhook'; readonly url: string; readonly body: unknown };

/** What a channel is told of a run. @throws SendFailure when a secret is missing or an expression is wrong */
export async function composeMessage(
  ports: DeliveryPorts,
  facts: RunFacts,
  news: News,
  channel: Channel,
): Promise<Message> {
  const fill = (text: string): Promise<string> => fillIn(ports, facts, news, text);
  if (channel.type === 'webhook') {
    const isName = /^[A-Za-z_][A-Za-z0-9_]*$/.test(channel.url);
    const url = await fill(isName ? `\${{ secrets.${channel.url} }}` : channel.url);
    const text = channel.template === null ? null : await fill(channel.template);
    return { type: 'webhook', url, body: webhookBody(channel.format, facts, news, text) };
  }
  return {
    type: 'email',
    to: channel.to,
    subject: channel.subject === null ? headlineOf(facts, news) : await fill(channel.subject),
    text: `${[headlineOf(facts, news), '', ...detailsOf(facts, news)].join('\n')}\n`,
  };
}

/** Sends what `composeMessage` made. @throws SendFailure */
export async function sendMessage(
  ports: DeliveryPorts,
  message: Message,
  signal: AbortSignal,
): Promise<void> {
  if (message.type === 'webhook') {
    await postJson(message.url, message.body, signal);
    return;
  }
  const smtp = ports.smtp();
  if (smtp === null) throw new SendFailure('No mail server is set.', true);
  const password = smtp.passwordSecret === null ? null : await secretOf(ports, smtp.passwordSecret);
  await sendEmail(smtp, password, message);
}

async function secretOf({ resolveSecret }: DeliveryPorts, name: string): Promise<string> {
  const value = await resolveSecret(name);
  if (value === null) throw new SendFailure(`There is no secret ${name}.`, true);
  return value;
}

/** Secrets are put in when the message leaves; they are not in what is kept. */
async function fillIn(ports: DeliveryPorts, facts: RunFacts, news: News, text: string): Promise<string> {
  if (!text.includes('${{')) return text;
  const secrets: Record<string, string> = {};
  for (const [, name] of text.matchAll(/secrets\.([A-Za-z_][A-Za-z0-9_]*)/g)) {
    secrets[name!] = await secretOf(ports, name!);
  }
  const { branch, commit } = facts;
  try {
    return ports.interpolate(text, {
      secrets,
      run: {
        id: facts.runId,
        number: facts.number,
        name: facts.name,
        status: facts.status,
        change: news.change,
      },
      git: { branch, commit },
      stage: { id: news.approval?.stage ?? '' },
    });
  } catch (error) {
    throw new SendFailure(error instanceof Error ? error.message : String(error), true);
  }
}
