import type { CheckContext } from './check-context.ts';
import { quote } from './describe-value.ts';
import { MAX_TEMPLATE_CHAIN } from './limits.ts';
import { mergeValues } from './merge-values.ts';
import { itemPath, listOf, mappingOf, stageSetsOf } from './raw-stages.ts';
import type { RawMapping } from './raw-stages.ts';
import { BODY_KEYS } from './schema-stage.ts';
import type { SourceMap, ValuePath } from './source-map.ts';

/**
 * Puts each stage that extends templates together with them. What it says itself wins, then the last template that it
 * names. A stage whose templates cannot be found keeps its `extends`.
 * @param root changed in place
 */
export function extendStages(root: RawMapping, context: CheckContext): void {
  const extender = new Extender(mappingOf(root['templates']), context);
  for (const set of stageSetsOf(root)) {
    for (const [id, value] of Object.entries(set.stages)) {
      const stage = mappingOf(value);
      if (!Object.hasOwn(stage, 'extends')) continue;
      (set.stages as Record<string, unknown>)[id] = extender.extend(stage, [...set.path, id], set.stages, []);
    }
  }
}

class Extender {
  readonly #templates: RawMapping;
  readonly #context: CheckContext;
  readonly #done = new Map<string, RawMapping | null>();

  constructor(templates: RawMapping, context: CheckContext) {
    this.#templates = templates;
    this.#context = context;
  }

  extend(
    value: RawMapping,
    path: ValuePath,
    stages: RawMapping | null,
    chain: readonly string[],
  ): RawMapping {
    const templates = listOf(value['extends']).map((name, index) => {
      // What is no name is the schema's to say.
      const at = itemPath([...path, 'extends'], value['extends'], index);
      return typeof name === 'string' ? this.#template(name, at, stages, chain) : null;
    });
    const { source } = this.#context;
    const found = templates.filter((template) => template !== null);
    const inherited = found.reduce<RawMapping>((below, template) => join(template, below, source), {});
    const merged = join(value, inherited, source);
    if (found.length === templates.length) Reflect.deleteProperty(merged, 'extends');
    return merged;
  }

  #template(
    name: string,
    at: ValuePath,
    stages: RawMapping | null,
    chain: readonly string[],
  ): RawMapping | null {
    const { issues, source, suggest } = this.#context;
    const template = Object.hasOwn(this.#templates, name) ? this.#templates[name] : undefined;
    if (template === undefined) {
      const close = issues.full ? null : suggest(name, Object.keys(this.#templates));
      const isStage = stages !== null && Object.hasOwn(stages, name);
      const hint = isStage ? 'put what both share into `templates`' : 'declare it under `templates`';
      const message = `There is no template ${quote(name)}`;
      issues.add(
        'unknown-template',
        source.value(at),
        message,
        close === null ? hint : `did you mean \`${close}\`?`,
      );
      return null;
    }
    const own = mappingOf(template);
    if (own !== template) return {};
    if (!Object.hasOwn(own, 'extends')) return own;
    if (chain.includes(name)) {
      const circle = [...chain.slice(chain.indexOf(name)), name].join(' -> ');
      const message = `Templates extend each other in a circle: ${circle}`;
      issues.add('template-cycle', source.value(at), message, 'remove one of these `extends`');
      return null;
    }
    if (chain.length >= MAX_TEMPLATE_CHAIN) {
      const message = `More than ${MAX_TEMPLATE_CHAIN} templates extend each other one after another`;
      issues.add('too-deep', source.value(at), message);
      return null;
    }
    const known = this.#done.get(name);
    if (known !== undefined) return known;
    const extended = this.extend(own, ['templates', name], null, [...chain, name]);
    const result = Object.hasOwn(extended, 'extends') ? null : extended;
    this.#done.set(name, result);
    return result;
  }
}

/** As `mergeValues`, but a stage that says itself what it does takes no other body over. */
function join(own: RawMapping, inherited: RawMapping, source: SourceMap): RawMapping {
  const body = BODY_KEYS.find((key) => Object.hasOwn(own, key));
  if (body === undefined) return mappingOf(mergeValues(own, inherited, source));
  const isSameKind = own[body] === inherited[body] || (body === 'uses' && !Object.hasOwn(inherited, 'uses'));
  const dropped = new Set<string>(BODY_KEYS.filter((key) => key !== body));
  if (!isSameKind) dropped.add('with');
  const rest = Object.fromEntries(Object.entries(inherited).filter(([key]) => !dropped.has(key)));
  source.merge(rest, inherited, {});
  return mappingOf(mergeValues(own, rest, source));
}
