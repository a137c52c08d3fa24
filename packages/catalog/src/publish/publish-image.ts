import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { digestFile, type PublicKey } from '@golden-image/evidence';
import { type Ports, UserError } from '@golden-image/host';
import { readImageFolder } from '@golden-image/image-folder';
import { checkApproval } from '@golden-image/policy';
import { planPublish, wholeSeconds } from '../state/plan.ts';
import type { Publication, Schedule, VersionReference } from '../state/record.ts';
import type { Content, Store } from '../store/store.ts';
import { imageFolder } from '../streams/streams.ts';
import { imageFiles, missingAudit, signedResults } from './image-files.ts';
import type { CatalogSigner } from './keys.ts';
import { type Outcome, updateCatalog } from './update.ts';

export interface PublishImageRequest {
  readonly store: Store;
  readonly signer: CatalogSigner;
  /** The image folder. */
  readonly folder: string;
  /** Text of the signed verification summary. */
  readonly summary: string;
  /** Keys that may have signed the summary and the statements. */
  readonly keys: readonly PublicKey[];
  readonly class: Publication['class'] | undefined;
  readonly family: string | undefined;
  readonly schedule: Schedule;
  readonly reason: string | undefined;
  readonly actor: string;
  readonly run: string;
  readonly dryRun: boolean;
}

/** What came of a publication; also where nothing had to be done, it is known of which version. */
export interface PublishOutcome extends Outcome {
  readonly of: VersionReference;
}

/**
 * Publishes an image folder: reads the disk once, requires the gate's approval of exactly this disk, and brings the
 * image, its evidence and the new entries of the log into the catalog at once.
 *
 * @throws UserError `disk-changed`, `class-mismatch`, and those of `checkApproval`, `planPublish` and `updateCatalog`
 */
export async function publishImage(
  request: PublishImageRequest,
  ports: Pick<Ports, 'clock' | 'log' | 'signal'>,
): Promise<PublishOutcome> {
  const { folder, descriptor, disk } = await readImageFolder(request.folder);
  if (request.class && request.class !== descriptor.class) {
    throw new UserError(
      `The image is of the class ${descriptor.class}, and the input class says ${request.class}`,
      {
        code: 'class-mismatch',
        fix: 'The class stands in the definition of the image, and its evidence was judged by it: leave the input out.',
      },
    );
  }
  const approval = checkApproval({
    bundle: request.summary,
    keys: request.keys,
    disk: descriptor.disk,
    image: descriptor.name,
    version: descriptor.version,
    now: ports.clock.now(),
  });
  const staged = request.dryRun ? undefined : await request.store.stage?.(descriptor.disk.file);
  try {
    await readDisk(disk, staged, descriptor.disk.sha256, ports);
    const files = await imageFiles(folder, request.summary);
    const results = signedResults(files, request.keys, approval.evidence, descriptor.disk.sha256);
    const publication: Publication = {
      image: descriptor.name,
      version: descriptor.version,
      class: descriptor.class,
      family: request.family ?? descriptor.name,
      distribution: descriptor.distribution,
      release: descriptor.release,
      architecture: descriptor.architecture,
      firmware: descriptor.firmware,
      disk: descriptor.disk,
      owner: request.actor,
      ...(results.score === undefined ? {} : { score: results.score }),
      ...(results.cases === undefined ? {} : { cases: results.cases }),
      attachments: files.map(({ name, size, sha256 }) => ({ name, size, sha256 })),
    };
    const place = imageFolder(publication);
    const outcome = await updateCatalog(
      {
        ...request,
        plan: (catalog) =>
          planPublish(
            catalog,
            {
              publication: {
                ...publication,
                ...keptOf(catalog.versions.get(`${publication.image}/${publication.version}`)),
              },
              approval: { ...approval, timeVerified: wholeSeconds(new Date(approval.timeVerified)) },
              missingAudit: missingAudit(descriptor, results.suites),
              schedule: request.schedule,
              reason: request.reason,
            },
            { actor: request.actor, run: request.run, now: ports.clock.now() },
          ),
        files: async (plan) =>
          plan.entries.some((entry) => entry.publication)
            ? new Map<string, Content>([
                ...files.map(({ name, data }) => [`${place}/${name}`, data] as const),
                ...(staged ? [[`${place}/${descriptor.disk.file}`, { file: staged }] as const] : []),
              ])
            : new Map<string, Content>(),
      },
      ports,
    );
    return { ...outcome, of: { image: publication.image, version: publication.version } };
  } finally {
    if (staged) {
      await rm(staged, { force: true });
    }
  }
}

/** A draft keeps its owner. */
function keptOf(known: { readonly owner: string } | undefined): Partial<Publication> {
  return known ? { owner: known.owner } : {};
}

/** Copies the disk to where it is moved from, or only reads it; either way its digest must be the one that was approved. */
async function readDisk(
  disk: string,
  target: string | undefined,
  expected: string,
  ports: Pick<Ports, 'log' | 'signal'>,
): Promise<void> {
  let found: string;
  if (target) {
    const hash = createHash('sha256');
    const source = createReadStream(disk, { highWaterMark: 1024 * 1024 });
    source.on('data', (chunk) => hash.update(chunk));
    await pipeline(source, createWriteStream(target, { mode: 0o644 }), { signal: ports.signal });
    found = hash.digest('hex');
  } else {
    found = (await digestFile(disk, ['sha256'], { signal: ports.signal })).hex.sha256;
  }
  if (found !== expected) {
    throw new UserError(`The disk is sha256:${found}, image.json says sha256:${expected}`, {
      code: 'disk-changed',
      fix: 'The folder was changed after its evidence was made: get the image again.',
    });
  }
}
