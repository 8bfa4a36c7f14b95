import { describe, expect, it } from 'vitest';
import { documentOf } from '../document/document-fixture.ts';
import { copiedText, pasteStages } from './stage-clipboard.ts';

const TEXT = `stages:
  install: { run: npm ci }
  # tried on each version
  unit:
    needs: [install]
    run: npm test
`;

describe('copiedText', () => {
  it('is the text of the stages as it is written, without its indent', async () => {
    const { document } = await documentOf(TEXT);
    expect(copiedText(document, ['unit'])).toBe(
      '# tried on each version\nunit:\n  needs: [install]\n  run: npm test\n',
    );
  });

  it('is nothing for stages that are not in the file', async () => {
    const { document } = await documentOf(TEXT);
    expect(copiedText(document, ['gone'])).toBeNull();
    expect(copiedText(document, [])).toBeNull();
  });
});

describe('pasteStages', () => {
  it('puts a copy behind the selected stage under a free name and selects it', async () => {
    const { document, text } = await documentOf(TEXT);
    document.actions.select(['install'], 'canvas');
    const outcome = await pasteStages(document, copiedText(document, ['unit'])!);
    expect(outcome).toEqual({ ok: true, said: 'Pasted unit-2', ids: ['unit-2'] });
    expect(document.getState().selection.stages).toEqual(['unit-2']);
    expect(text().indexOf('unit-2:')).toBeLessThan(text().indexOf('  unit:'));
  });

  it('takes stages into another file, without what they needed there', async () => {
    const from = await documentOf(TEXT);
    const to = await documentOf('stages:\n  alone: { run: echo }\n');
    await pasteStages(to.document, copiedText(from.document, ['unit'])!);
    expect(to.text()).toBe(
      'stages:\n  alone: { run: echo }\n  # tried on each version\n  unit:\n    run: npm test\n',
    );
  });

  it('takes text that begins with the key above the stages', async () => {
    const { document, text } = await documentOf('stages:\n  alone: { run: echo }\n');
    const outcome = await pasteStages(document, 'stages:\n  lint:\n    run: eslint .\n');
    expect(outcome.ok).toBe(true);
    expect(text()).toContain('  lint:\n    run: eslint .');
  });

  it('refuses what is no text of stages and leaves the file as it is', async () => {
    const { document, text } = await documentOf(TEXT);
    const outcome = await pasteStages(document, 'just some words');
    expect(outcome.ok).toBe(false);
    expect(outcome.said).not.toBe('');
    expect(text()).toBe(TEXT);
  });
});
