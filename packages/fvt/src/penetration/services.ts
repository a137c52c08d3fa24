import { connect } from 'node:net';
import { freePort } from '@golden-image/vm';
import type { Guest, GuestPorts } from '../guest.ts';
import type { ServiceAnswer } from '../observations.ts';

/** What services say to whoever asks, without a login. Harmless questions only. */
const QUESTIONS: readonly { readonly name: string; readonly ask: string; readonly tells: RegExp }[] = [
  { name: 'HTTP', ask: 'GET / HTTP/1.0\r\n\r\n', tells: /^HTTP\/1\.[01] (?!401|403|407)\d{3}/ },
  { name: 'Redis', ask: 'PING\r\n', tells: /^\+PONG/ },
  { name: 'memcached', ask: 'stats\r\n', tells: /^STAT / },
  { name: 'ZooKeeper', ask: 'ruok', tells: /^imok/ },
];
const ANSWER_MS = 1_000;

/** Asks each open port, through a forward of its own, whether it serves without a login. */
export async function askServices(
  _ports: GuestPorts,
  { machine, timeoutScale }: Guest,
  openPorts: readonly number[],
): Promise<readonly ServiceAnswer[]> {
  const answers: ServiceAnswer[] = [];
  for (const port of openPorts) {
    const host = await freePort();
    const command = (verb: string): Promise<unknown> =>
      machine.qmp.execute('human-monitor-command', { 'command-line': verb });
    await command(`hostfwd_add slirp0 tcp:127.0.0.1:${host}-:${port}`);
    for (const { name, ask, tells } of QUESTIONS) {
      const answer = await exchange(host, ask, ANSWER_MS * timeoutScale);
      if (tells.test(answer)) {
        answers.push({ port, service: name, answer: answer.slice(0, 100) });
        break;
      }
    }
    await command(`hostfwd_remove slirp0 tcp:127.0.0.1:${host}`);
  }
  return answers;
}

function exchange(port: number, ask: string, timeoutMs: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port }, () => socket.write(ask));
    let text = '';
    const finish = (): void => {
      socket.destroy();
      resolve(text);
    };
    socket.setTimeout(timeoutMs, finish);
    socket.on('error', finish);
    socket.on('close', finish);
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (text.length >= 100) {
        finish();
      }
    });
  });
}
