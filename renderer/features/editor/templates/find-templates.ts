import type { TemplateOffer } from '#shared/api/template-schemas.ts';

/** The templates that have every word of what was typed, in their order. */
export function findTemplates(offers: readonly TemplateOffer[], typed: string): readonly TemplateOffer[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return offers.filter(({ id, title, summary, keywords, reason }) => {
    const said = [id, title, summary, reason ?? '', ...keywords].join(' ').toLowerCase();
    return words.every((word) => said.includes(word));
  });
}
