import { describe, expect, it } from 'vitest';
import type { TemplateOffer } from '#shared/api/template-schemas.ts';
import { findTemplates } from './find-templates.ts';

const offer = (
  id: string,
  title: string,
  keywords: string[],
  reason: string | null = null,
): TemplateOffer => ({
  id,
  title,
  summary: `What ${title} does.`,
  keywords,
  reason,
  text: '',
  stages: [],
});
const OFFERS = [
  offer('monorepo', 'Monorepo', ['workspaces'], 'workspaces in packages/*'),
  offer('node', 'Node.js', ['npm', 'pnpm']),
  offer('release-canary', 'Release with canary', ['rollback']),
];
const found = (typed: string) => findTemplates(OFFERS, typed).map(({ id }) => id);

describe('findTemplates', () => {
  it('keeps all in their order while nothing is typed', () => {
    expect(found('  ')).toEqual(['monorepo', 'node', 'release-canary']);
  });

  it('finds by title, keyword and reason, whatever the case', () => {
    expect(found('NODE')).toEqual(['node']);
    expect(found('rollback')).toEqual(['release-canary']);
    expect(found('packages')).toEqual(['monorepo']);
  });

  it('wants every word', () => {
    expect(found('canary release')).toEqual(['release-canary']);
    expect(found('canary npm')).toEqual([]);
  });
});
