import net, { type AddressInfo } from 'node:net';

export interface MailServer {
  readonly port: number;
  /** Each with its envelope and login before it, a line each. */
  readonly mails: readonly string[];
  close(): Promise<void>;
}

/** The least of a mail server, on loopback; takes whatever is not for `refused@`. */
export async function mailServer(): Promise<MailServer> {
  const mails: string[] = [];
  const server = net.createServer((socket) => {
    let buffer = '';
    let mail: string[] | null = null;
    let envelope: string[] = [];
    const say = (line: string): void => void socket.write(`${line}\r\n`);
    say('220 sink');
    socket.on('error', () => socket.destroy());
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      buffer += chunk;
      for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        if (mail !== null) {
          if (line !== '.') mail.push(line);
          else {
            mails.push([...envelope, ...mail].join('\n'));
            mail = null;
            envelope = [];
            say('250 taken');
          }
        } else if (/^(EHLO|HELO)/.test(line)) say('250-sink\r\n250 AUTH PLAIN');
        else if (line.startsWith('AUTH PLAIN ')) {
          const login = Buffer.from(line.slice(11), 'base64').toString();
          envelope.push(`AUTH ${login.replaceAll('\0', ' ').trim()}`);
          say('235 welcome');
        } else if (/^(MAIL|RCPT)/.test(line)) {
          envelope.push(line);
          say(line.includes('refused@') ? '550 no such person' : '250 fine');
        } else if (line === 'DATA') {
          mail = [];
          say('354 go on');
        } else if (line === 'QUIT') {
          say('221 bye');
          socket.end();
        } else say('250 fine');
      }
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    mails,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
