/** Stands in for OpenSSH's client; see fake-guest.ts. Run as a program. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FakeGuestOptions } from './fake-guest.ts';

const folder = process.env.FAKE_GUEST ?? '';
const args = process.argv.slice(2);
const after = (flag: string): string => args[args.indexOf(flag) + 1] ?? '';
const user = after('-l');
const key = path.basename(after('-i'));
const command = args.at(-1) ?? '';
const options = JSON.parse(readFileSync(path.join(folder, 'options.json'), 'utf8')) as FakeGuestOptions;
const launch = JSON.parse(readFileSync(path.join(folder, 'launch.json'), 'utf8')) as {
  mac: string;
  instanceId: string;
  users: string[];
};

const mayEnter =
  (key === 'administrator' && user === launch.users[0]) || (key === 'user' && user === launch.users[1]);
if (!mayEnter) {
  process.stderr.write(`${user}@127.0.0.1: Permission denied (publickey).\r\n`);
  process.exit(255);
}
if (command === 'sudo -n sh -s') {
  collect(readFileSync(0, 'utf8'));
} else if (command === 'sudo -n sh') {
  const flag = path.join(folder, 'echo-ignored');
  writeFileSync(flag, '');
  process.stdout.write('armed\n');
  process.stdin.on('data', (chunk: Buffer) => {
    if (chunk.toString().includes('go\n')) {
      rmSync(flag, { force: true });
      process.exit(0);
    }
  });
}

/** Answers each `p <id> …` line of the collector from the facts, made to fit this launch. */
function collect(script: string): void {
  const { facts, cutShortAfter = Number.POSITIVE_INFINITY } = options;
  const ids = [...script.matchAll(/^p (\S+) \d+ /gm)].map((match) => match[1] ?? '');
  const fit = (text: string): string =>
    text
      .replaceAll(facts.launch.nics[0]?.mac ?? '', launch.mac)
      .replaceAll(facts.launch.instanceId, launch.instanceId)
      .replaceAll(facts.launch.seedUsers[1] ?? '', launch.users[1] ?? '');
  const base64 = (text: string): string => Buffer.from(fit(text)).toString('base64');
  for (const id of ids.slice(0, cutShortAfter)) {
    const { rc, stdout, stderr } = facts.guest[id] ?? { rc: 127, stdout: '', stderr: '' };
    process.stdout.write(`FVT1 ${id} ${rc} ${base64(stdout)} .${base64(stderr)}\n`);
  }
  if (ids.length <= cutShortAfter) {
    process.stdout.write(`FVT1-END ${ids.length}\n`);
  }
}
