import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRules } from '#main/triggers/rules.ts';
import { nextDue } from '#main/triggers/schedule.ts';
import { notificationSettingsSchema } from '#shared/api/setting-schemas.ts';
import { telemetrySettingsSchema } from '#shared/api/telemetry-settings.ts';
import { ATTRIBUTE } from '#main/telemetry/span-facts.ts';
import { hasErrors } from '#shared/pipeline/issue-list.ts';
import { parsePipeline } from '#shared/pipeline/parse.ts';

const page = (name: string): string =>
  readFileSync(path.resolve(import.meta.dirname, '../../docs', name), 'utf8');

describe.each(['triggers.md', 'notifications.md'])('docs/%s', (name) => {
  const examples = [...page(name).matchAll(/^```yaml pipeline\n(.*?)^```$/gms)].map((match) => match[1]!);

  it.each(examples.map((example, index) => [index + 1, example] as const))(
    'has an example %i that is valid and whose schedules have a next time',
    (_, example) => {
      const { pipeline, issues } = parsePipeline(example, 'example.yml', { kinds: [] });
      expect(issues.filter((issue) => hasErrors([issue]))).toEqual([]);
      const { schedules } = readRules(pipeline?.file.on);
      if (schedules.length > 0) expect(nextDue(schedules, null, Date.now())).toBeGreaterThan(Date.now());
    },
  );
});

it('docs/notifications.md shows settings that are read as they are', () => {
  const json = /^```json\n(.*?)^```$/ms.exec(page('notifications.md'))?.[1] ?? '';
  expect(notificationSettingsSchema.parse(JSON.parse(json))).toMatchObject(JSON.parse(json) as object);
});

it('docs/telemetry.md shows a setting that is read as it is', () => {
  const json = /^```json\n(.*?)^```$/ms.exec(page('telemetry.md'))?.[1] ?? '';
  expect(telemetrySettingsSchema.parse(JSON.parse(json))).toEqual(JSON.parse(json));
});

it('docs/telemetry.md names every attribute of our own', () => {
  const own = Object.values(ATTRIBUTE).filter((name) => !/^(error\.|vcs\.ref\.head\.type)/.test(name));
  const known = page('telemetry.md');
  const missing = own.filter(
    (name) => !known.includes(name) && !known.includes(`\`.${name.split('.').at(-1)}\``),
  );
  expect(missing).toEqual([]);
});
