import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { stringify } from 'yaml';
import { type Kind, settingsJsonSchema } from '#main/stages/kind.ts';
import { compareFamilies, familyOfKind, familyTitle } from '#shared/pipeline/kind-families.ts';

interface Property {
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly items?: Property;
  readonly anyOf?: readonly Property[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Property>>;
}

/**
 * The pages of `docs/kinds`, by file name: one per family and the list of all. They are made of the catalog alone, so that
 * they say what the kinds say of themselves.
 */
export async function kindPages(kinds: readonly Kind[]): Promise<ReadonlyMap<string, string>> {
  const families = new Map<string, Kind[]>();
  for (const kind of kinds) {
    const family = familyOfKind(kind.id);
    families.set(family, [...(families.get(family) ?? []), kind]);
  }
  const sorted = [...families.keys()].sort(compareFamilies);
  const pages = new Map<string, string>();
  for (const family of sorted) pages.set(`${family}.md`, familyPage(family, families.get(family) ?? []));
  pages.set('README.md', listPage(sorted.map((family) => [family, families.get(family) ?? []] as const)));
  // As everything else in the repository is formatted.
  const config = await resolveConfig(path.resolve(import.meta.dirname, '../docs/kinds/README.md'));
  const formatted = await Promise.all(
    [...pages].map(
      async ([file, text]) => [file, await format(text, { ...config, parser: 'markdown' })] as const,
    ),
  );
  return new Map(formatted);
}

function listPage(families: readonly (readonly [string, readonly Kind[]])[]): string {
  const parts = families.map(([family, kinds]) => {
    const rows = kinds.map(
      ({ id, summary }) => `| [\`${id}\`](${family}.md#${anchorOf(id)}) | ${cell(summary)} |`,
    );
    return `## ${familyTitle(family)}\n\n| kind | what it does |\n|---|---|\n${rows.join('\n')}\n`;
  });
  return `# The stage catalog\n\nA stage says with \`uses:\` which kind it is, and with \`with:\` what it needs to know. \`pipewright kinds\` lists the same in the terminal, the editor's palette offers them with a form each, and \`pipewright doctor\` tells which of their tools are there.\n\nThis folder is written by \`npm run docs:kinds\` from the catalog itself.\n\n${parts.join('\n')}`;
}

function familyPage(family: string, kinds: readonly Kind[]): string {
  return `# ${familyTitle(family)}\n\n${kinds.map(kindSection).join('\n\n')}\n`;
}

function kindSection(kind: Kind): string {
  const example = stringify({ stages: { [stageName(kind.id)]: { uses: kind.id, with: kind.example } } });
  const parts = [
    `## ${kind.id}`,
    `${kind.summary}.`,
    kind.docs,
    '```yaml\n' + example + '```',
    settingsTable(kind),
  ];
  const outputs = Object.entries(kind.outputs ?? {});
  if (outputs.length > 0) {
    const rows = outputs.map(([name, text]) => `| \`${name}\` | ${cell(text)} |`);
    parts.push(`| output | |\n|---|---|\n${rows.join('\n')}`);
  }
  if (kind.reports !== undefined && kind.reports.length > 0)
    parts.push(`Reports: ${kind.reports.join(', ')}.`);
  if (kind.tools !== undefined && kind.tools.length > 0) {
    const rows = kind.tools.map(({ name, install }) => `| ${cell(name)} | ${cell(install)} |`);
    parts.push(`| tool | how to get it |\n|---|---|\n${rows.join('\n')}`);
  }
  return parts.join('\n\n');
}

function settingsTable(kind: Kind): string {
  const { properties = {}, required = [] } = settingsJsonSchema(kind) as {
    properties?: Readonly<Record<string, Property>>;
    required?: readonly string[];
  };
  const names = Object.keys(properties);
  if (names.length === 0) return 'It takes no settings.';
  const rows = names.map((name) => {
    const property = properties[name] ?? {};
    const initial = property.default === undefined ? '' : `\`${JSON.stringify(property.default)}\``;
    const must = required.includes(name) && property.default === undefined ? ' (needed)' : '';
    return `| \`${name}\`${must} | ${cell(typeOf(property))} | ${cell(initial)} | ${cell(property.description ?? '')} |`;
  });
  return `| setting | type | default | |\n|---|---|---|---|\n${rows.join('\n')}`;
}

function typeOf(property: Property): string {
  if (property.const !== undefined) return `\`${JSON.stringify(property.const)}\``;
  if (property.enum !== undefined) return property.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (property.anyOf !== undefined) return [...new Set(property.anyOf.map(typeOf))].join(' or ');
  if (property.type === 'array')
    return `list of ${property.items === undefined ? 'values' : typeOf(property.items)}`;
  if (property.type === 'object') return 'mapping';
  if (property.type === 'string') return 'text';
  return typeof property.type === 'string' ? property.type : 'any value';
}

/** What stands in a cell must not end it. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
const anchorOf = (id: string): string => id.replaceAll('.', '');
const stageName = (id: string): string => id.slice(id.indexOf('.') + 1);
