import type { YamlEdit } from '#shared/pipeline/edits/yaml-edit.ts';
import type { ValuePath } from '#shared/pipeline/source-map.ts';

/** What an edit makes of a plain value without anchors, told apart from the code under test; `value` stays as it is. */
export function expectedValue(value: unknown, edit: YamlEdit): unknown {
  switch (edit.type) {
    case 'set':
      return changed(value, edit.path, () => edit.value);
    case 'insert':
      return changed(value, edit.path, (holder) => ({
        ...(holder as object | null),
        [edit.key]: edit.value,
      }));
    case 'insert-item':
      return changed(value, edit.path, (holder) => {
        const list = (holder ?? []) as readonly unknown[];
        return list.toSpliced(edit.index < 0 ? list.length : edit.index, 0, edit.value);
      });
    case 'remove':
      return changed(value, edit.path.slice(0, -1), (holder) => {
        const last = edit.path.at(-1)!;
        if (Array.isArray(holder)) return (holder as unknown[]).toSpliced(Number(last), 1);
        return Object.fromEntries(Object.entries(holder as object).filter(([key]) => key !== last));
      });
    case 'rename':
      return changed(value, edit.path.slice(0, -1), (holder) =>
        Object.fromEntries(
          Object.entries(holder as object).map(([key, each]) => [
            key === edit.path.at(-1) ? edit.to : key,
            each as unknown,
          ]),
        ),
      );
    case 'rewrite':
      return changed(value, edit.path, (text) => edit.rewrite(String(text), "'"));
    case 'move':
      return changed(value, edit.path, (holder) => {
        if (!Array.isArray(holder)) return holder;
        const list = holder as unknown[];
        return list.toSpliced(edit.from, 1).toSpliced(edit.to, 0, list[edit.from]);
      });
    case 'reorder':
      return changed(value, edit.path, (holder) =>
        Array.isArray(holder) ? edit.order.map((from) => (holder as unknown[])[from]) : holder,
      );
  }
}

function changed(value: unknown, path: ValuePath, change: (old: unknown) => unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.map((each, index) => (index === step ? changed(each, rest, change) : (each as unknown)));
  }
  const holder = value as Readonly<Record<string, unknown>>;
  return { ...holder, [step]: changed(holder[String(step)], rest, change) };
}
