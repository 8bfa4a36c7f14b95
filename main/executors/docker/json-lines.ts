/** What the daemon tells while it works: one JSON value a line. Rejects when the connection is cut. */
export async function* jsonLines<Message>(answer: NodeJS.ReadableStream): AsyncGenerator<Message> {
  let rest = '';
  for await (const chunk of answer.setEncoding('utf8')) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield JSON.parse(line) as Message;
  }
  if (rest.trim() !== '') yield JSON.parse(rest) as Message;
}
