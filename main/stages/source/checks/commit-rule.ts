const TYPES = 'build|chore|ci|docs|feat|fix|perf|refactor|revert|style|test';
const CONVENTIONAL = new RegExp(`^(${TYPES})(\\([^()\\s][^()]{0,60}\\))?!?: \\S`);
const MAX_SUBJECT_CHARS = 100;

/** What is wrong with a commit's message by the Conventional Commits, in words; merges and reverts by Git are as Git makes them. */
export function messageFaults(message: string): readonly string[] {
  const [subject = '', second = ''] = message.split('\n');
  if (/^(Merge |Revert "|fixup! |squash! )/.test(subject)) return [];
  const faults: string[] = [];
  if (subject.trim() === '') faults.push('has no subject');
  else if (!CONVENTIONAL.test(subject))
    faults.push('does not begin with a type, such as `fix: ` or `feat(cart): `');
  if (subject.length > MAX_SUBJECT_CHARS)
    faults.push(`has a subject of more than ${MAX_SUBJECT_CHARS} characters`);
  if (/[^.]\.$/.test(subject)) faults.push('has a full stop behind its subject');
  if (second.trim() !== '') faults.push('has no empty line behind its subject');
  return faults;
}

/** What commitlint's report says: a message that it looked at, and what is wrong with it. */
export function parseCommitlint(text: string) {
  const problems: {
    readonly subject: string;
    readonly ruleId: string;
    readonly message: string;
    readonly isError: boolean;
  }[] = [];
  let subject = '';
  let checked = 0;
  for (const line of text.split(/\r?\n/)) {
    const input = /^⧗\s+(?:input|---input---)?:?\s*(.*)$/.exec(line)?.[1];
    if (input !== undefined) {
      subject = input;
      checked += 1;
    }
    const [, mark, message, ruleId] = /^([✖⚠])\s+(.+?)\s+\[([\w-]+)\]\s*$/.exec(line) ?? [];
    if (message === undefined || ruleId === undefined) continue;
    problems.push({ subject, ruleId, message, isError: mark === '✖' });
  }
  return { checked, problems };
}
