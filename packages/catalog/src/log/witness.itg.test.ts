/**
 * The log's consistency before the eyes of another implementation: litewitness of Debian's litetlog, on Go's own
 * sumdb/tlog. It refuses a log that did not grow (422). What it accepts it cannot store in Debian 13 (its SQLite library
 * breaks the connection off), so its memory is written here, and no answer other than a refusal is an acceptance.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { debian13Package } from '../../../../test/tools/debian-package.ts';
import { logSigner, published, threeVersions } from '../../test/samples.ts';
import type { Catalog } from '../state/catalog.ts';
import { entryBytes, logCheckpoint } from './log-files.ts';
import { consistencyProof, leafHash, treeRoot } from './merkle.ts';
import { verifierText } from './note.ts';

const run = promisify(execFile);
const signer = logSigner('example.org/images');
const started: ChildProcess[] = [];
let work: string;
let address: string;

/** A port that is free now; the witness cannot choose one itself. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof bound === 'object' && bound ? bound.port : 0;
}

function start(command: string, args: readonly string[]): void {
  // Debian builds it without its go.mod, and Go then takes the method of a route for a part of its path.
  const env = { ...process.env, GODEBUG: 'httpmuxgo121=0' };
  started.push(spawn(command, args, { cwd: work, env, stdio: 'ignore' }));
}

async function until(what: string, attempt: () => Promise<unknown>): Promise<void> {
  for (let count = 0; count < 100; count += 1) {
    if (
      await attempt().then(
        () => true,
        () => false,
      )
    ) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${what} did not come up`);
}

beforeAll(async () => {
  const bin = path.join(await debian13Package('litetlog'), 'usr/bin');
  work = await mkdtemp('/tmp/witness-');
  const key = path.join(work, 'key');
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  const fingerprint = (await run('ssh-keygen', ['-l', '-f', key])).stdout.split(' ')[1] ?? '';
  const agent = path.join(work, 'agent.sock');
  start('ssh-agent', ['-D', '-a', agent]);
  await until('ssh-agent', () =>
    run('ssh-add', ['-q', key], { env: { ...process.env, SSH_AUTH_SOCK: agent } }),
  );
  const db = ['-db', path.join(work, 'witness.db')];
  await run(path.join(bin, 'witnessctl'), ['add-log', ...db, '-origin', signer.verifier.name]);
  const trusted = ['-origin', signer.verifier.name, '-key', verifierText(signer.verifier)];
  await run(path.join(bin, 'witnessctl'), ['add-key', ...db, ...trusted]);
  const listen = `127.0.0.1:${await freePort()}`;
  address = `http://${listen}`;
  start(path.join(bin, 'litewitness'), [
    ...db,
    ...['-name', 'witness.example.org', '-key', fingerprint, '-ssh-agent', agent, '-listen', listen],
  ]);
  await until('litewitness', () => fetch(address));
}, 120_000);
afterAll(async () => {
  await Promise.all(
    started.map((child) => {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill();
      return ended;
    }),
  );
  await rm(work, { recursive: true, force: true });
});

const hashes = ({ entries }: Catalog): Buffer[] => entries.map(entryBytes).map(leafHash);

/** What the witness saw last of the log. */
function remember(catalog: Catalog): void {
  const database = new DatabaseSync(path.join(work, 'witness.db'));
  try {
    const root = treeRoot(hashes(catalog)).toString('base64');
    const { changes } = database
      .prepare('UPDATE log SET tree_size = ?, tree_hash = ?')
      .run(catalog.entries.length, root);
    expect(changes).toBe(1);
  } finally {
    database.close();
  }
}

/** Shows the witness a checkpoint with the proof that the log grew from `old` entries. @returns the status of a refusal */
async function show(
  catalog: Catalog,
  old: number,
  proof = consistencyProof(hashes(catalog), old),
  key = signer,
): Promise<number | 'accepted'> {
  const lines = proof.map((hash) => `${hash.toString('base64')}\n`).join('');
  const body = `old ${old}\n${lines}\n${logCheckpoint(catalog.entries, key)}`;
  const headers = { connection: 'close' };
  const response = await fetch(`${address}/add-checkpoint`, { method: 'POST', body, headers }).catch(
    () => undefined,
  );
  return response && response.status !== 200 ? response.status : 'accepted';
}

describe('litewitness', () => {
  const sizes = [1, 2, 3, 4, 5, 6, 7, 8, 13, 14, 16, 21, 31, 32, 33, 40];
  let whole: Catalog;
  const after = (size: number): Catalog => ({ ...whole, entries: whole.entries.slice(0, size) });
  beforeAll(() => {
    whole = threeVersions();
    for (let day = 4; day <= 20; day += 1) {
      const date = `2026-11-${String(day).padStart(2, '0')}`;
      whole = published(whole, 'debian-13', date.replaceAll('-', ''), `${date}T10:00:00Z`);
    }
    expect(whole.entries).toHaveLength(40);
  });

  it('accepts that the log grew, from every size to every later one', async () => {
    for (const old of sizes) {
      remember(after(old));
      for (const size of sizes.filter((later) => later >= old)) {
        expect([old, size, await show(after(size), old)]).toEqual([old, size, 'accepted']);
      }
    }
    // It is still there: nothing of this was the silence of a dead server.
    expect(await show(whole, 39)).toBe(409);
  });

  it('refuses a proof with a changed or missing hash, a rewritten log, another old size and another key', async () => {
    for (const old of sizes.slice(0, -1)) {
      remember(after(old));
      const good = consistencyProof(hashes(whole), old);
      const changed = good.map((hash, at) => (at === 0 ? Buffer.from(hash.map((byte) => byte ^ 1)) : hash));
      expect([old, await show(whole, old, changed)]).toEqual([old, 422]);
      expect([old, await show(whole, old, good.slice(1))]).toEqual([old, 422]);
      const [first, ...rest] = whole.entries;
      const rewritten = { ...whole, entries: [{ ...first, actor: 'actor-0000000000000000' }, ...rest] };
      expect([old, await show(rewritten as Catalog, old)]).toEqual([old, 422]);
      expect([old, await show(whole, old + 1)]).toEqual([old, 409]);
    }
    const stranger = logSigner('example.org/images');
    expect(await show(whole, 33, consistencyProof(hashes(whole), 33), stranger)).toBe(403);
  });
});
