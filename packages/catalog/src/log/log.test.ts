import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { logSigner, threeVersions } from '../../test/samples.ts';
import { checkpointText, parseCheckpoint } from './checkpoint.ts';
import { entryBytes, logCheckpoint, logFiles, readLog } from './log-files.ts';
import {
  consistencyProof,
  inclusionProof,
  leafHash,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts';
import { openNote, parseVerifier, signNote, verifierText } from './note.ts';
import { earlierPartial, isEarlierPartial, logTiles, readBundle, tilePath } from './tiles.ts';

const entries = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, index) => Buffer.from(`entry ${index}`));
const leaves = (count: number): Buffer[] => entries(count).map(leafHash);

describe('the Merkle tree', () => {
  it('has the roots of RFC 6962’s reference implementation', () => {
    // certificate-transparency, cpp/merkletree/merkle_tree_test.cc: the inputs and roots of its test vectors.
    const inputs = [
      '',
      '00',
      '10',
      '2021',
      '3031',
      '40414243',
      '5051525354555657',
      '606162636465666768696a6b6c6d6e6f',
    ];
    const roots = [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ];
    const hashes = inputs.map((hex) => leafHash(Buffer.from(hex, 'hex')));
    expect(roots.map((_, index) => treeRoot(hashes.slice(0, index + 1)).toString('hex'))).toEqual(roots);
    expect(treeRoot([]).toString('hex')).toBe(createHash('sha256').digest('hex'));
  });

  it('proves every entry of every size, and nothing else', () => {
    for (let size = 1; size <= 18; size += 1) {
      const all = leaves(size);
      const root = treeRoot(all);
      for (let index = 0; index < size; index += 1) {
        const proof = inclusionProof(all, index);
        const leaf = all[index] ?? Buffer.alloc(32);
        expect(verifyInclusion(proof, leaf, index, size, root)).toBe(true);
        expect(verifyInclusion(proof, leafHash(Buffer.from('other')), index, size, root)).toBe(false);
        expect(verifyInclusion(proof, leaf, index === 0 ? size : index - 1, size, root)).toBe(false);
        expect(verifyInclusion([...proof, root], leaf, index, size, root)).toBe(false);
        if (proof.length > 0) {
          expect(verifyInclusion(proof.slice(1), leaf, index, size, root)).toBe(false);
        }
      }
    }
  });

  it('proves that every size is a beginning of every later one, and refuses a rewritten log', () => {
    for (let size = 0; size <= 13; size += 1) {
      for (let old = 0; old <= size; old += 1) {
        const all = leaves(size);
        const newer = { size, root: treeRoot(all) };
        const older = { size: old, root: treeRoot(all.slice(0, old)) };
        const proof = consistencyProof(all, old);
        expect(verifyConsistency(proof, older, newer)).toBe(true);
        if (old > 0) {
          const rewritten = treeRoot([leafHash(Buffer.from('rewritten')), ...all.slice(1)]);
          expect(verifyConsistency(proof, older, { size, root: rewritten })).toBe(
            size === old && rewritten.equals(older.root),
          );
          expect(verifyConsistency(proof, { size: old, root: leafHash(Buffer.from('x')) }, newer)).toBe(
            false,
          );
        }
      }
    }
    expect(() => consistencyProof(leaves(3), 4)).toThrow(RangeError);
    expect(() => inclusionProof(leaves(3), 3)).toThrow(RangeError);
  });
});

describe('tiles', () => {
  it.each([
    [0, 'tile/0/000'],
    [999, 'tile/0/999'],
    [1000, 'tile/0/x001/000'],
    [1_234_067, 'tile/0/x001/x234/067'],
  ])('has the path of the specification for %i', (index, path) => {
    expect(tilePath(0, index, 256)).toBe(path);
  });

  it('makes the tiles that the specification names for 70,000 entries', () => {
    const files = logTiles(entries(70_000));
    const names = [...files.keys()];
    expect(names.filter((name) => /^tile\/0\/\d{3}$/.test(name))).toHaveLength(273);
    expect(files.get('tile/0/273.p/112')).toHaveLength(112 * 32);
    expect(files.get('tile/1/000')).toHaveLength(8192);
    expect(files.get('tile/1/001.p/17')).toHaveLength(17 * 32);
    expect(files.get('tile/2/000.p/1')).toHaveLength(32);
    expect(names.filter((name) => name.startsWith('tile/2/') || name.startsWith('tile/3/'))).toHaveLength(1);
    expect(files.get('tile/1/000')?.subarray(0, 32)).toEqual(treeRoot(leaves(256)));
  });

  it('keeps what clients of earlier checkpoints ask for, and knows its content', () => {
    const all = entries(300);
    const current = logTiles(all);
    for (const size of [1, 5, 255, 257, 299]) {
      for (const [path, data] of logTiles(all.slice(0, size))) {
        if (path.includes('.p/') && !current.has(path)) {
          expect(isEarlierPartial(path, 300)).toBe(true);
          expect(earlierPartial(path, all)).toEqual(data);
        }
      }
    }
    expect(isEarlierPartial('tile/0/001.p/44', 300)).toBe(false);
    expect(isEarlierPartial('tile/0/001.p/45', 300)).toBe(false);
    expect(isEarlierPartial('tile/0/000.p/0', 300)).toBe(false);
  });

  it('reads bundles back, and refuses those that are cut off', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 20 }), (list) => {
        const data = logTiles(list).get(tilePath('entries', 0, list.length)) ?? Buffer.alloc(0);
        expect(readBundle(data).map((entry) => [...entry])).toEqual(list.map((entry) => [...entry]));
        expect(() => readBundle(data.subarray(0, data.length - 1))).toThrow(/cut off/);
      }),
    );
    expect(() => logTiles([Buffer.alloc(65_536)])).toThrow(/does not fit/);
  });
});

describe('signed notes', () => {
  const signer = logSigner();

  it('are opened by the key that signed them only', () => {
    const note = signNote('a text\n', signer.verifier, signer.privateKey);
    expect(openNote(note, signer.verifier)).toBe('a text\n');
    expect(openNote(note, parseVerifier(verifierText(signer.verifier)))).toBe('a text\n');
    expect(() => openNote(note, logSigner().verifier)).toThrow(/not signed by/);
  });

  it('are refused when any bit is changed', () => {
    // Signatures end in a letter of base64 that says less than it could: enough of them for each such letter.
    for (const round of Array.from({ length: 40 }, (_, index) => index)) {
      const note = Buffer.from(signNote(`origin\n${round}\nroot\n`, signer.verifier, signer.privateKey));
      // All of the first one; of the others only how they end.
      for (let at = round === 0 ? 0 : note.length - 6; at < note.length; at += 1) {
        for (let bit = 1; bit < 256; bit *= 2) {
          const changed = Buffer.from(note);
          changed[at] = (changed[at] ?? 0) ^ bit;
          expect(() => openNote(changed.toString('utf8'), signer.verifier)).toThrow();
        }
      }
    }
  });

  it('bear signatures of others beside ours', () => {
    const note = `${signNote('text\n', signer.verifier, signer.privateKey)}— witness.example AAAAAAAA\n`;
    expect(openNote(note, signer.verifier)).toBe('text\n');
  });

  it.each(['', 'x', 'name+00000000+AAAA', `name+00000000+${'A'.repeat(44)}`])(
    'refuses the key %j',
    (text) => {
      expect(() => parseVerifier(text)).toThrow(/not the public key of a log/);
    },
  );

  it('refuses a key under the number of another', () => {
    const text = verifierText(signer.verifier);
    expect(parseVerifier(text).name).toBe(signer.verifier.name);
    expect(() => parseVerifier(text.replace(/\+[0-9a-f]{8}\+/, '+00000000+'))).toThrow(/not the public key/);
  });

  it.each(['', 'o\n1\n', 'o\n01\nAAAA\n', 'o\n1\nAAAA\n', 'o\n-1\n\n'])(
    'refuses the checkpoint %j',
    (text) => {
      expect(() => parseCheckpoint(text)).toThrow(/origin, size, root/);
    },
  );

  it('reads back the checkpoints that it writes', () => {
    const checkpoint = { origin: 'example.org/log', size: 7, root: treeRoot(leaves(7)) };
    expect(parseCheckpoint(checkpointText(checkpoint))).toEqual(checkpoint);
  });
});

describe('the audit log', () => {
  const catalog = threeVersions();
  const signer = logSigner();
  const files = new Map([
    ...logFiles(catalog.entries),
    ['log/checkpoint', Buffer.from(logCheckpoint(catalog.entries, signer))] as const,
  ]);
  const reader =
    (changes: ReadonlyMap<string, Buffer | undefined> = new Map()) =>
    async (path: string) =>
      changes.has(path) ? changes.get(path) : files.get(path);

  it('is read back as it was written', async () => {
    const log = await readLog(reader(), signer.verifier);
    expect(log.entries).toEqual(catalog.entries);
    expect(log.raw).toEqual(catalog.entries.map(entryBytes));
  });

  /** A log of any entries and origin, signed by the right key. */
  const signed = (raw: readonly Buffer[], origin = signer.verifier.name) => {
    const tiles = [...logTiles(raw)].map(([path, data]) => [`log/${path}`, data] as const);
    const text = checkpointText({ origin, size: raw.length, root: treeRoot(raw.map(leafHash)) });
    const note = Buffer.from(signNote(text, signer.verifier, signer.privateKey));
    return readLog(reader(new Map([...tiles, ['log/checkpoint', note]])), signer.verifier);
  };

  it('is refused with the checkpoint of another log that the same key signed', async () => {
    const raw = catalog.entries.map(entryBytes);
    await expect(signed(raw)).resolves.toMatchObject({ entries: catalog.entries });
    await expect(signed(raw, 'other.example/log')).rejects.toThrow(/of the log other\.example\/log/);
  });

  it('is refused with an entry in another form than the canonical one', async () => {
    const raw = catalog.entries.map(entryBytes);
    const turned = Object.fromEntries(Object.entries(catalog.entries[0] ?? {}).toReversed());
    const other = Buffer.from(JSON.stringify(turned));
    expect(other.equals(raw[0] ?? other)).toBe(false);
    await expect(signed([other, ...raw.slice(1)])).rejects.toThrow(/entry 0 is not one of ours/);
  });

  it('is refused when any byte of entries or checkpoint is changed, or a file is missing', async () => {
    for (const path of ['log/checkpoint', 'log/tile/entries/000.p/6']) {
      const data = files.get(path) ?? Buffer.alloc(0);
      expect(data.length).toBeGreaterThan(100);
      for (let at = 0; at < data.length; at += 7) {
        const changed = Buffer.from(data);
        changed[at] = (changed[at] ?? 0) ^ 1;
        await expect(readLog(reader(new Map([[path, changed]])), signer.verifier)).rejects.toThrow();
      }
      await expect(readLog(reader(new Map([[path, undefined]])), signer.verifier)).rejects.toThrow(
        /missing|no checkpoint/,
      );
      await expect(
        readLog(reader(new Map([[path, data.subarray(0, 50)]])), signer.verifier),
      ).rejects.toThrow();
    }
  });
});
