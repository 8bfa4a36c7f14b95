import { composeMessage, type DeliveryPorts, sendMessage } from '#main/notify/deliver.ts';
import type { News, RunFacts } from '#main/notify/message.ts';
import type { Channel } from '#main/notify/rules.ts';
import { SendFailure } from '#main/notify/send.ts';
import { scopesOf } from '#main/secrets/scope.ts';
import type { SmtpSettings, StatusChange, TestChannel } from '#shared/api/setting-schemas.ts';
import { interpolate } from '#shared/expressions/interpolate.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import type { Host } from '../create-host.ts';

export interface TriedNotification {
  readonly channel: TestChannel;
  readonly change: StatusChange;
  /** Whose secrets are seen; null: the global ones. */
  readonly projectId: ProjectId | null;
}

/** Sends a message about a run that never was, once. @returns why it did not leave, in a sentence; null when it did */
export async function testNotification(
  { vault, settings }: Host,
  tried: TriedNotification & { readonly smtp?: SmtpSettings | undefined },
  signal: AbortSignal,
): Promise<string | null> {
  const scopes = tried.projectId === null ? [{ type: 'global' } as const] : scopesOf(tried.projectId, null);
  const ports: DeliveryPorts = {
    smtp: () => tried.smtp ?? settings.read().notifications.smtp,
    resolveSecret: async (name) => (await vault.read([name], scopes)).get(name) ?? null,
    interpolate,
  };
  return reasonOf(async () => {
    const message = await composeMessage(ports, exampleFacts(tried), newsOf(tried), channelOf(tried.channel));
    await sendMessage(ports, message, signal);
  });
}

/** What such a message says, secrets hidden. */
export async function previewNotification(
  tried: TriedNotification,
): Promise<{ readonly text: string | null; readonly problem: string | null }> {
  const ports: DeliveryPorts = { smtp: () => null, resolveSecret: () => Promise.resolve('***'), interpolate };
  let text: string | null = null;
  const problem = await reasonOf(async () => {
    const message = await composeMessage(ports, exampleFacts(tried), newsOf(tried), channelOf(tried.channel));
    text =
      message.type === 'email'
        ? `Subject: ${message.subject}\n\n${message.text}`
        : JSON.stringify(message.body, null, 2);
  });
  return { text, problem };
}

async function reasonOf(work: () => Promise<void>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof SendFailure) return error.message;
    throw error;
  }
}

function channelOf(channel: TestChannel): Channel {
  if (channel.type === 'email') return { type: 'email', to: channel.to, subject: channel.subject ?? null };
  const { url, format = 'json', template = null } = channel;
  return { type: 'webhook', url, format, template };
}

function newsOf({ change }: TriedNotification): News {
  const approval = { stage: 'deploy', message: 'Ship it?' };
  return { change, approval: change === 'waiting-approval' ? approval : null };
}

function exampleFacts({ change }: TriedNotification): RunFacts {
  const isWaiting = change === 'waiting-approval';
  return {
    runId: '0000000000000000',
    number: 1,
    name: 'Test message',
    status: change === 'fixed' ? 'succeeded' : isWaiting ? 'running' : change,
    projectDir: 'no project',
    pipelineFile: 'pipewright.yml',
    branch: 'main',
    commit: '0123456789abcdef0123456789abcdef01234567',
    trigger: 'manual',
    durationMs: isWaiting ? null : 83_000,
    failedStages: change === 'failed' ? ['unit'] : [],
  };
}
