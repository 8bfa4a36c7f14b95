import {
  indexOf,
  isRecord,
  listOf,
  own,
  recordOf,
  recordsOf,
  textOf,
  type JsonRecord,
} from '../json/json-values.ts';

/** The rules of a run, found in each of the ways in which a result may name its own. */
export interface SarifRules {
  /** Null when the run does not describe it. */
  of(result: JsonRecord): JsonRecord | null;
}

export function indexRules(tool: JsonRecord): SarifRules {
  const driver = recordOf(own(tool, 'driver'));
  const extensions = listOf(own(tool, 'extensions')).map(recordOf);
  const byId = new Map<string, JsonRecord>();
  for (const component of [driver, ...extensions]) {
    for (const rule of recordsOf(own(component, 'rules'))) {
      const id = textOf(own(rule, 'id'));
      if (id !== null && !byId.has(id)) byId.set(id, rule);
    }
  }
  return {
    of(result) {
      const reference = recordOf(own(result, 'rule'));
      const extension = indexOf(own(recordOf(own(reference, 'toolComponent')), 'index'));
      const component = extension === null ? driver : (extensions[extension] ?? driver);
      const index = indexOf(own(reference, 'index') ?? own(result, 'ruleIndex'));
      const placed = index === null ? undefined : listOf(own(component, 'rules'))[index];
      const id = ruleIdOf(result);
      // An id may go on behind its rule: `CA1000/1` is of the rule `CA1000`.
      const named = id === null ? undefined : (byId.get(id) ?? byId.get(id.slice(0, id.lastIndexOf('/'))));
      if (isRecord(placed) && (id === null || own(placed, 'id') === id || named === undefined)) return placed;
      return named ?? null;
    },
  };
}

export const ruleIdOf = (result: JsonRecord): string | null =>
  textOf(own(result, 'ruleId')) ?? textOf(own(recordOf(own(result, 'rule')), 'id'));

/** The text of a SARIF `message` or `multiformatMessageString`; with `{0}` replaced, and `id` looked up in the rule. */
export function messageText(message: unknown, rule: JsonRecord | null): string | null {
  const said = recordOf(message);
  const id = textOf(own(said, 'id'));
  const strings = recordOf(own(rule ?? {}, 'messageStrings'));
  const template = id === null ? {} : recordOf(own(strings, id));
  const text =
    textOf(own(said, 'text')) ??
    textOf(own(said, 'markdown')) ??
    textOf(own(template, 'text')) ??
    textOf(own(template, 'markdown'));
  const given = listOf(own(said, 'arguments'));
  if (text === null || given.length === 0) return text;
  return text.replace(/\{(\d{1,3})\}/g, (hole, index: string) => {
    const value = given[Number(index)];
    return typeof value === 'string' ? value : hole;
  });
}
