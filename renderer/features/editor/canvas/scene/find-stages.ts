interface Findable {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly summary: string;
}

/**
 * Stages that have the words somewhere: those whose name begins so first, then by name, then by what they run; in each
 * the order of the file.
 */
export function findStages<Stage extends Findable>(
  stages: Iterable<Stage>,
  query: string,
  most: number,
): readonly Stage[] {
  const text = query.trim().toLowerCase();
  const found: Stage[][] = [[], [], []];
  for (const stage of stages) {
    const name = `${stage.id}\n${stage.name}`.toLowerCase();
    const at = name.indexOf(text);
    if (at === 0) found[0]!.push(stage);
    else if (at > 0) found[1]!.push(stage);
    else if (`${stage.kind}\n${stage.summary}`.toLowerCase().includes(text)) found[2]!.push(stage);
    if (found[0]!.length >= most) break;
  }
  return found.flat().slice(0, most);
}
