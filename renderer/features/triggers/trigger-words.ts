import type { TriggerType } from '#shared/api/trigger-schemas.ts';

const WORDS: Readonly<Record<TriggerType, string>> = {
  schedule: 'Schedule',
  watch: 'Changed files',
  push: 'Push',
  poll: 'Poll',
  'pull-request': 'Pull request',
  webhook: 'Webhook',
  'pre-commit': 'Before a commit',
  'pre-push': 'Before a push',
};

/** What kind of trigger it is, for people. */
export const triggerWords = (type: TriggerType): string => WORDS[type];

/** The last part of a folder's path. */
export const folderName = (dir: string): string =>
  dir.slice(Math.max(dir.lastIndexOf('/'), dir.lastIndexOf('\\')) + 1);
