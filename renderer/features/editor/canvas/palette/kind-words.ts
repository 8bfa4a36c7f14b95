/** What a stage's body is called beside its name. */
export function kindWords(kind: string): string {
  switch (kind) {
    case 'run':
      return 'script';
    case 'none':
      return 'nothing to do yet';
    default:
      return kind;
  }
}
