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
if (command === 'sudo -n sh') {
  shell();
}

/** A shell as `GuestShell` uses it: scripts in parentheses, each answered with its mark and a status. */
function shell(): void {
  let pending = '';
  process.stdin.on('data', (chunk: Buffer) => {
    pending += chunk.toString();
    pending = pending.replace(/^echo (FVT1-READY)\n/, (_line, word: string) => {
      process.stdout.write(`${word}\n`);
      return '';
    });
    const script = /^\(\n([\s\S]*?)\n\) <\/dev\/null; printf '\\n(FVT1-RAN-[0-9a-f]+) %s\\n' "\$\?"\n/;
    for (let match = script.exec(pending); match; match = script.exec(pending)) {
      pending = pending.slice(match[0].length);
      run(match[1] ?? '');
      process.stdout.write(`\n${match[2]} 0\n`);
    }
  });
  process.stdin.on('end', () => process.exit(0));
}

function run(script: string): void {
  const flag = path.join(folder, 'echo-ignored');
  if (script.includes('mktemp -d /run/fvt')) {
    collect(script);
  } else if (/echo 1 > \S+icmp_echo_ignore_all && cat/.test(script)) {
    writeFileSync(flag, '');
    process.stdout.write('0\n1\n');
  } else if (/echo 0 > \S+icmp_echo_ignore_all/.test(script)) {
    rmSync(flag, { force: true });
  }
}

/** Answers each `p <id> …` line of the collector from the facts, made to fit this launch. */
function collect(script: string): void {
  const { facts, cutShortAfter = Number.POSITIVE_INFINITY } = options;
  const ids = [...script.matchAll(/^set -- (.*)$/gm)].flatMap((match) => (match[1] ?? '').split(' '));
  const fit = (text: string): Buffer =>
    Buffer.from(
      text
        .replaceAll(facts.launch.nics[0]?.mac ?? '', launch.mac)
        .replaceAll(facts.launch.instanceId, launch.instanceId)
        .replaceAll(facts.launch.seedUsers[1] ?? '', launch.users[1] ?? ''),
    );
  const results = ids.map((id) => {
    const { rc, stdout, stderr } = facts.guest[id] ?? { rc: 127, stdout: '', stderr: '' };
    return { id, rc, stdout: fit(stdout), stderr: fit(stderr) };
  });
  for (const { id } of results.slice(0, cutShortAfter)) {
    process.stdout.write(`FVT1 ${id}\n`);
  }
  if (ids.length > cutShortAfter) {
    return;
  }
  const header = [
    ...results.map(({ id, rc }) => `${id} ${rc}`),
    ...results.map(({ stdout }) => stdout.length),
    ...results.map(({ stderr }) => stderr.length),
  ];
  const data = Buffer.concat([
    Buffer.from(`${header.join('\n')}\n`),
    ...results.map(({ stdout }) => stdout),
    ...results.map(({ stderr }) => stderr),
  ]);
  const wrapped = data.toString('base64').replace(/.{76}/g, '$&\n');
  process.stdout.write(`FVT1-DATA\n${wrapped}\nFVT1-END ${ids.length}\n`);
}
