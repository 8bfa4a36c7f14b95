import type { Operation, YamlValue } from '#shared/pipeline/edits/operation.ts';

type Mapping = Readonly<Record<string, YamlValue>>;
type Entries = readonly (readonly [string, YamlValue])[];

const MODELLED = [
  'add-stage',
  'connect',
  'disconnect',
  'insert-between',
  'rename-stage',
  'delete-stages',
  'move-stage',
  'move-stages',
] as const;
type Modelled = Extract<Operation, { type: (typeof MODELLED)[number] }>;

const isModelled = (operation: Operation): operation is Modelled =>
  MODELLED.some((type) => type === operation.type);

/**
 * What an operation makes of the value of a file, order of stages included, told without any text: what the edits of the
 * text are compared with. Null for operations that this does not know.
 */
export function modelOf(root: Mapping, operation: Operation): Mapping | null {
  if (!isModelled(operation)) return null;
  const stages = Object.entries((root['stages'] ?? {}) as Mapping);
  const withStages = (entries: Entries): Mapping => ({ ...root, stages: Object.fromEntries(entries) });
  switch (operation.type) {
    case 'add-stage':
      return withStages(added(stages, operation.id, operation.value, operation.after));
    case 'connect':
      return withStages(changeNeeds(stages, operation.target, (needs) => [...needs, operation.source]));
    case 'disconnect':
      return withStages(
        changeNeeds(stages, operation.target, (needs) => needs.filter((need) => need !== operation.source)),
      );
    case 'insert-between': {
      const value = { needs: [operation.source], ...(operation.value as Mapping) };
      const all = added(stages, operation.id, value, operation.source);
      return withStages(
        changeNeeds(all, operation.target, (needs) =>
          needs.map((need) => (need === operation.source ? operation.id : need)),
        ),
      );
    }
    case 'rename-stage': {
      const renamed = JSON.parse(
        JSON.stringify({ ...root, stages: null }).replaceAll(
          `needs.${operation.id}.`,
          `needs.${operation.to}.`,
        ),
      ) as Mapping;
      const entries = stages.map(([id, stage]) => {
        const text = JSON.stringify(stage).replaceAll(`needs.${operation.id}.`, `needs.${operation.to}.`);
        return [id === operation.id ? operation.to : id, JSON.parse(text) as YamlValue] as const;
      });
      const inNeeds = entries
        .map(([id]) => id)
        .reduce<Entries>(
          (all, id) =>
            changeNeeds(all, id, (needs) =>
              needs.map((need) => (need === operation.id ? operation.to : need)),
            ),
          entries,
        );
      return { ...renamed, stages: Object.fromEntries(inNeeds) };
    }
    case 'delete-stages':
      return withStages(deleted(stages, operation.ids, operation.heal));
    case 'move-stage':
      return withStages(moved(stages, [operation.id], operation.before));
    case 'move-stages':
      return withStages(moved(stages, operation.ids, operation.before));
  }
}

function added(entries: Entries, id: string, value: YamlValue, after?: string): Entries {
  const index = after === undefined ? entries.length : entries.findIndex(([each]) => each === after) + 1;
  return [...entries.slice(0, index), [id, value], ...entries.slice(index)];
}

const needsOf = (stage: YamlValue | undefined): readonly string[] =>
  [(stage as Mapping)['needs'] ?? []].flat() as string[];

function changeNeeds(
  entries: Entries,
  target: string,
  change: (needs: readonly string[]) => readonly string[],
): Entries {
  return entries.map(([id, stage]) => {
    const before = needsOf(stage);
    const after = [...new Set(change(before))];
    if (id !== target || JSON.stringify(before) === JSON.stringify(after)) return [id, stage] as const;
    const { needs, ...rest } = stage as Mapping;
    if (after.length === 0) return [id, rest] as const;
    return [
      id,
      { ...rest, needs: typeof needs === 'string' && after.length === 1 ? after[0]! : after },
    ] as const;
  });
}

function deleted(entries: Entries, ids: readonly string[], heal: boolean): Entries {
  const all = new Map(entries);
  const instead = (need: string): readonly string[] => {
    if (!ids.includes(need)) return [need];
    return heal ? needsOf(all.get(need)).flatMap(instead) : [];
  };
  const left = entries.filter(([id]) => !ids.includes(id));
  return left.reduce<Entries>((done, [id]) => changeNeeds(done, id, (needs) => needs.flatMap(instead)), left);
}

function moved(entries: Entries, ids: readonly string[], before: string | null): Entries {
  const isMoved = ([id]: Entries[number]): boolean => ids.includes(id);
  const stay = entries.filter((entry) => !isMoved(entry));
  const from = before === null ? entries.length : entries.findIndex(([id]) => id === before);
  const anchor = entries.slice(from).find((entry) => !isMoved(entry));
  const at = anchor === undefined ? stay.length : stay.indexOf(anchor);
  return [...stay.slice(0, at), ...entries.filter(isMoved), ...stay.slice(at)];
}
