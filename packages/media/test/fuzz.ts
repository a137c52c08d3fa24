/**
 * Feeds damaged ISOs, checksum lists, disk images, keyrings and clearsigned lists to their readers: each must answer or
 * throw a UserError, and soon; and no damaged list may pass for signed with another text than the one that was signed.
 * Used by the tests with few inputs and nightly with many:
 *
 *   node packages/media/test/fuzz.ts [--count 100000] [--seed 1]
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { UserError } from '@golden-image/host';
import { memorySource } from '../src/block-source.ts';
import { findDigest, parseChecksumList } from '../src/checksum-list.ts';
import { diskImageFormat } from '../src/disk-image.ts';
import { identifyIso } from '../src/identify-iso.ts';
import { openIso } from '../src/iso-tree.ts';
import { readKeyring } from '../src/openpgp-keys.ts';
import { readClearsigned, readDetached } from '../src/openpgp-signature.ts';
import { verifySignatures } from '../src/openpgp-verify.ts';
import type { GpgHome } from './gpg-home.ts';

/** An answer that takes longer is a hang, in milliseconds; loaded machines pause for a second or two. */
const LIMIT_MS = 10_000;

/** A small, repeatable generator (mulberry32). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

type Random = () => number;
const below = (random: Random, limit: number): number => Math.floor(random() * limit);

/** Bytes that break length fields more often than chance would. */
const NASTY = [0, 1, 0x7f, 0x80, 0xff, 0x22, 0x10];

/** A copy with a few bytes changed where structures are, sometimes cut off. */
export function mutate(seed: Buffer, random: Random, interesting: readonly number[]): Buffer {
  const copy = Buffer.from(random() < 0.1 ? seed.subarray(0, below(random, seed.length)) : seed);
  const edits = 1 + below(random, 12);
  for (let edit = 0; edit < edits && copy.length > 0; edit += 1) {
    const near = interesting[below(random, interesting.length)] ?? 0;
    const at = random() < 0.8 ? near + below(random, 512) : below(random, copy.length);
    if (at < copy.length) {
      copy[at] = random() < 0.5 ? (NASTY[below(random, NASTY.length)] ?? 0) : below(random, 256);
    }
  }
  return copy;
}

interface Target {
  readonly name: string;
  readonly seeds: readonly Buffer[];
  readonly interesting: readonly number[];
  readonly read: (input: Buffer) => Promise<unknown>;
}

const HEX = 'ab'.repeat(32);
const LISTS = [
  `${HEX}  medium.iso\n\\${HEX} *a\\nb\n`,
  `SHA256 (medium.iso) = ${HEX}\nSHA512 (medium.iso) = ${HEX}${HEX}\n# comment\n`,
  `${HEX}\n`,
].map((text) => Buffer.from(text));

/** Real keys and signatures to damage. */
export interface SignedSeeds {
  readonly fingerprint: string;
  /** Armored, and binary. */
  readonly keyrings: readonly Buffer[];
  readonly clearsigned: Buffer;
  /** Over the first list. */
  readonly signature: Buffer;
}

/** Keys of two algorithms, a clearsigned list and a detached signature, made by GnuPG. */
export function signedSeeds(home: GpgHome): SignedSeeds {
  const fingerprint = home.newKey('Fuzz <fuzz@example.org>');
  const other = home.newKey('Other <other@example.org>', { algorithm: 'rsa2048' });
  const list = LISTS[0]?.toString() ?? '';
  return {
    fingerprint,
    keyrings: [Buffer.from(home.keys()), home.gpg(['--export', fingerprint, other])],
    clearsigned: Buffer.from(home.clearsigned(list, fingerprint)),
    signature: home.detached(list, fingerprint),
  };
}

/** The signed list's text, if a pinned key signed it. */
async function verified(clearsigned: Buffer, keyring: Buffer, fingerprint: string): Promise<string> {
  const { keys } = await readKeyring([keyring]);
  const { packets, literal, text } = await readClearsigned(clearsigned, 'SHA256SUMS');
  await verifySignatures(packets, literal, verifyOptions(keys, fingerprint));
  return text;
}

function verifyOptions(keys: Awaited<ReturnType<typeof readKeyring>>['keys'], fingerprint: string) {
  return { keys, fingerprints: [fingerprint], now: new Date('2026-07-02T00:00:00Z'), strictExpiry: false };
}

/**
 * @param isos images to damage; small ones are faster
 * @param signed keys and signatures to damage
 */
export function targets(isos: readonly Buffer[], signed: SignedSeeds): readonly Target[] {
  const [keyring = Buffer.alloc(0)] = signed.keyrings;
  const [list = Buffer.alloc(0)] = LISTS;
  const everywhere = (seed: Buffer): readonly number[] =>
    Array.from({ length: Math.ceil(seed.length / 512) }, (_, index) => index * 512);
  const sectors = isos.flatMap((iso) =>
    [16, 17, 18, 19, 20, 22, 24].map((sector) => sector * 2048).concat(rootOf(iso)),
  );
  const read = async (input: Buffer): Promise<void> => {
    const tree = await openIso(memorySource(input));
    await identifyIso(tree);
    await tree.text('boot/grub/grub.cfg');
    await tree.text('a/b/c');
  };
  return [
    { name: 'iso', seeds: isos, interesting: sectors, read },
    {
      name: 'list',
      seeds: LISTS,
      interesting: [0],
      read: async (input) =>
        findDigest(parseChecksumList(input.toString('utf8'), 'SHA256SUMS'), 'medium.iso', 'SHA256SUMS'),
    },
    {
      name: 'keyring',
      seeds: signed.keyrings,
      interesting: signed.keyrings.flatMap(everywhere),
      read: async (input) => {
        const { keys } = await readKeyring([input]);
        const { packets, literal } = await readDetached(signed.signature, list, 'SHA256SUMS.sign');
        await verifySignatures(packets, literal, verifyOptions(keys, signed.fingerprint));
      },
    },
    {
      name: 'clearsigned',
      seeds: [signed.clearsigned],
      interesting: everywhere(signed.clearsigned),
      read: async (input) => {
        const text = await verified(input, keyring, signed.fingerprint);
        // Line ends and what trails a line are not signed (RFC 9580, section 7.1).
        if (normal(text) !== normal(list.toString())) {
          throw new Error(`another text passed for signed: ${JSON.stringify(text)}`);
        }
      },
    },
    {
      name: 'signature',
      seeds: [signed.signature],
      interesting: everywhere(signed.signature),
      read: async (input) => {
        const { keys } = await readKeyring([keyring]);
        const { packets, literal } = await readDetached(input, list, 'SHA256SUMS.sign');
        await verifySignatures(packets, literal, verifyOptions(keys, signed.fingerprint));
      },
    },
    {
      name: 'disk',
      seeds: [Buffer.alloc(600, 0x51)],
      interesting: [0],
      read: (input) => diskImageFormat(memorySource(input)),
    },
  ];
}

function normal(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd();
}

function rootOf(iso: Buffer): number {
  return iso.readUInt32LE(16 * 2048 + 158) * 2048;
}

/** @returns how many inputs were answered and how many refused; throws on a crash or a hang */
export async function fuzz(
  all: readonly Target[],
  count: number,
  seed: number,
): Promise<{ readonly answered: number; readonly refused: number; readonly slowestMs: number }> {
  const random = generator(seed);
  const result = { answered: 0, refused: 0, slowestMs: 0 };
  for (let index = 0; index < count; index += 1) {
    // Most of the inputs go to the ISO reader, which has most to get wrong.
    const target = all[random() < 0.7 ? 0 : below(random, all.length)];
    const base = target?.seeds[below(random, target.seeds.length)];
    if (!target || !base) {
      continue;
    }
    const input = mutate(base, random, target.interesting);
    const started = performance.now();
    try {
      await target.read(input);
      result.answered += 1;
    } catch (error) {
      if (!(error instanceof UserError)) {
        throw new Error(`${target.name}, input ${index} of seed ${seed} crashed`, { cause: error });
      }
      result.refused += 1;
    }
    const took = performance.now() - started;
    result.slowestMs = Math.max(result.slowestMs, took);
    if (took > LIMIT_MS) {
      throw new Error(`${target.name}, input ${index} of seed ${seed} took ${took.toFixed(0)} ms`);
    }
  }
  return result;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '100000' },
      seed: { type: 'string', default: String(Date.now()) },
    },
  });
  const { makeIso } = await import('./make-iso.ts');
  const { gpgHome } = await import('./gpg-home.ts');
  const { mkdtempSync, rmSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  const folder = mkdtempSync(path.join(tmpdir(), 'fuzz-'));
  const home = gpgHome();
  try {
    console.log(`seed ${values.seed}`);
    const started = performance.now();
    const all = targets(seedIsos(folder, makeIso), signedSeeds(home));
    const result = await fuzz(all, Number(values.count), Number(values.seed));
    const took = ((performance.now() - started) / 1000).toFixed(0);
    console.log(`${values.count} inputs in ${took} s: ${JSON.stringify(result)}`);
  } finally {
    home.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Small ISOs of each kind of names, with deep folders and long names. */
export function seedIsos(folder: string, make: typeof import('./make-iso.ts').makeIso): readonly Buffer[] {
  const files = {
    '.disk/info': 'Debian GNU/Linux 13.2.0 "Trixie" - Official amd64 DVD',
    '.treeinfo': '[general]\nfamily = Rocky Linux\nversion = 9.5\narch = x86_64\n',
    'a/b/c': 'x',
    [`${'long-name-'.repeat(24)}.txt`]: 'long',
    '1/2/3/4/5/6/7/8/9/deep': 'x',
    'dists/trixie/Release': 'x',
  };
  const kinds = [['-r', '-J'], ['-r'], ['-J']] as const;
  return kinds.map((options, index) => {
    const file = path.join(folder, `${index}.iso`);
    make(file, files, { tool: options.length === 1 ? 'genisoimage' : 'xorriso', options: [...options] });
    return readFileSync(file);
  });
}
