/** The login message's reader, run as in an image, before honest and hostile servers. */
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { statusFiles } from '../../../catalog/src/notify/status.ts';
import { EMPTY_CATALOG } from '../../../catalog/src/state/catalog.ts';
import { published } from '../../../catalog/test/samples.ts';
import { parseDefinition } from '../definition/parse.ts';
import { STATUS_READER, statusReader } from './status-reader.ts';

const OLD = 'what was known before\n';
let work: string;
let server: Server;
let url: string;
let asked: string[];
let answer: (response: ServerResponse) => void;

beforeAll(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'status-reader-'));
  await writeFile(path.join(work, 'image-status'), STATUS_READER);
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(work, { recursive: true, force: true });
});
beforeEach(() => {
  asked = [];
});

interface Read {
  readonly code: number | null;
  readonly signal: string | null;
  /** What logins show afterwards. */
  readonly shown: string;
  readonly log: string;
  readonly seconds: number;
}

/** Runs the reader with the file that systemd would give it, which holds an earlier message. */
async function read(program = 'image-status'): Promise<Read> {
  const file = path.join(work, 'motd');
  await writeFile(file, OLD);
  const output = openSync(file, 'r+');
  const started = performance.now();
  const child = spawn('/usr/bin/python3', ['-I', path.join(work, program), url, 'debian-13', '1'], {
    stdio: ['ignore', output, 'pipe'],
  });
  closeSync(output);
  let log = '';
  child.stderr?.on('data', (chunk) => {
    log += chunk;
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.once('close', (...ended) => resolve(ended)),
  );
  const seconds = (performance.now() - started) / 1000;
  return { code, signal, shown: await readFile(file, 'utf8'), log, seconds };
}

const says = (message: unknown, image = 'debian-13') => {
  answer = (response) => response.end(JSON.stringify({ image, versions: { 1: { message } } }));
};

describe('what a login shows', () => {
  it('is what the catalog’s own status file says', async () => {
    const first = published(EMPTY_CATALOG, 'debian-13', '1', '2026-11-01T00:00:00Z');
    const text = statusFiles(published(first, 'debian-13', '20261201', '2026-12-01T00:00:00Z')).get(
      'status/debian-13.json',
    );
    answer = (response) => response.end(text);
    const { shown, code } = await read();
    expect([code, shown]).toEqual([0, 'debian-13 1: successor debian-13 20261201\n']);
    expect(asked).toEqual(['/status/debian-13.json']);
  });

  it('is nothing when there is nothing to say, also where there was something before', async () => {
    says('');
    expect((await read()).shown).toBe('');
  });

  it('never holds what a terminal would obey', async () => {
    says('12 updates\u001b]0;owned\u0007\u009b31m\r\nroot login:\u202e\u0000 é');
    expect((await read()).shown).toBe('debian-13 1: 12 updates?]0;owned??31m??root login:?? ?\n');
    says(`${'x'.repeat(5_000)}`);
    expect((await read()).shown).toBe(`debian-13 1: ${'x'.repeat(300)}\n`);
  });
});

describe('a server that means harm', () => {
  it.each<[string, (response: ServerResponse) => void]>([
    ['another image', (response) => response.end('{"image":"x","versions":{"1":{"message":"no"}}}')],
    [
      'a message that is no text',
      (response) => response.end('{"image":"debian-13","versions":{"1":{"message":[1]}}}'),
    ],
    ['an unknown version', (response) => response.end('{"image":"debian-13","versions":{}}')],
    ['no JSON', (response) => response.end('<html>')],
    ['no UTF-8', (response) => response.end(Buffer.from([0xff, 0xfe]))],
    ['deep nesting', (response) => response.end('['.repeat(500_000))],
    ['an error', (response) => response.writeHead(500).end('{}')],
    ['a redirect', (response) => response.writeHead(302, { location: 'file:///etc/shadow' }).end()],
    [
      'three megabytes, of a form that would do',
      (response) =>
        response.end(`${' '.repeat(3_000_000)}{"image":"debian-13","versions":{"1":{"message":"no"}}}`),
    ],
    ['a broken connection', (response) => response.destroy()],
  ])('%s: leaves the message as it was, and fails nothing', async (_name, hostile) => {
    answer = hostile;
    const { code, shown, log } = await read();
    expect([code, shown]).toEqual([0, OLD]);
    expect(log).toMatch(/^no status of debian-13 1: \w+\n$/);
  });

  it('that never ends its answer is left alone in time', async () => {
    await writeFile(path.join(work, 'impatient'), STATUS_READER.replace('SECONDS = 30', 'SECONDS = 1'));
    const timers: NodeJS.Timeout[] = [];
    answer = (response) => {
      response.writeHead(200);
      timers.push(setInterval(() => response.write(' '), 50));
    };
    const { signal, shown, seconds } = await read('impatient');
    timers.forEach(clearInterval);
    expect([signal, shown]).toEqual(['SIGALRM', OLD]);
    expect(seconds).toBeLessThan(10);
  });
});

describe('the files of an image', () => {
  const define = (message: string) =>
    parseDefinition(
      `name: debian-13\nversion: "1"\ndistribution: debian\nrelease: "13"\nlogin-message: ${message}\n`,
      'image.yml',
    );

  it('are there when the definition names the catalog only, and systemd accepts them', async () => {
    expect(statusReader(define('{text: hello}'))).toEqual([]);
    const files = statusReader(define('{text: hello, status-url: "https://images.example.org/debian/"}'));
    const folder = path.join(work, 'units');
    await mkdir(folder);
    for (const file of files.filter((entry) => entry.path.includes('/systemd/'))) {
      const text = Buffer.from(file.content).toString('utf8');
      // The program is not on this machine.
      const here = text.replace('/usr/libexec/image-status https', '/bin/true https');
      await writeFile(path.join(folder, path.basename(file.path)), here);
      if (file.path.endsWith('.service')) {
        expect(text).toContain(
          'ExecStart=/usr/libexec/image-status https://images.example.org/debian debian-13 1\n',
        );
      }
    }
    const units = ['image-status.service', 'image-status.timer'].map((name) => path.join(folder, name));
    const verified = execFileSync('systemd-analyze', ['verify', '--man=no', ...units], {
      encoding: 'utf8',
      env: { ...process.env, SYSTEMD_UNIT_PATH: `${folder}:` },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    expect(verified).toBe('');
  });

  it.each(['http://images.example.org', 'https://x/%n', 'https://x/ -o', 'https://x/?a=$HOME'])(
    '%s is refused',
    (bad) => {
      expect(() => define(`{text: hello, status-url: ${JSON.stringify(bad)}}`)).toThrow(/status-url/);
    },
  );
});
