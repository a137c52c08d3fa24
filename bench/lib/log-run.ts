/** What the benchmark `log` measures: a log of N entries is written to tiles, signed, read back, and proved. */
import { silentLog } from '@golden-image/host';
import { entryBytes, logCheckpoint, logFiles, readLog } from '../../packages/catalog/src/log/log-files.ts';
import {
  consistencyProof,
  inclusionProof,
  leafHash,
  treeRoot,
  verifyInclusion,
} from '../../packages/catalog/src/log/merkle.ts';
import { EMPTY_CATALOG } from '../../packages/catalog/src/state/catalog.ts';
import { logSigner, published } from '../../packages/catalog/test/samples.ts';

const count = Number(process.argv[2] ?? '1000');
const [first] = published(EMPTY_CATALOG, 'image', 'v', '2026-11-01T00:00:00Z').entries;
if (!first) {
  throw new Error('there is no entry');
}
const entries = Array.from({ length: count }, (_unused, seq) => ({ ...first, seq, version: `v${seq}` }));
const signer = logSigner();
const files = new Map([
  ...logFiles(entries),
  ['log/checkpoint', Buffer.from(logCheckpoint(entries, signer))] as const,
]);
const read = await readLog(async (name) => files.get(name), signer.verifier);
if (read.entries.length !== count) {
  throw new Error(`${read.entries.length} of ${count} entries were read`);
}
const leaves = entries.map(entryBytes).map(leafHash);
const middle = Math.floor(count / 2);
const leaf = leaves[middle] ?? Buffer.alloc(0);
if (!verifyInclusion(inclusionProof(leaves, middle), leaf, middle, count, treeRoot(leaves))) {
  throw new Error('an entry is not in the log');
}
silentLog.info(`${consistencyProof(leaves, middle).length} hashes`);
