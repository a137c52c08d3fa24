import { readFile } from 'node:fs/promises';
import { UserError } from '@golden-image/host';
import { parse } from 'yaml';
import { z } from 'zod';
import { shortName } from '../scap/names.ts';

const line = z.string().trim().min(1).max(2_000);

/** An accepted finding. */
export const waiverSchema = z.strictObject({
  /** The rule's short name, or `baseline/<id>`. */
  rule: line.transform(shortName),
  /** What it holds for: `*`, `debian`, `debian-13`, or the image's name. */
  scope: line,
  /** Who answers for it. */
  owner: line,
  reason: z.string().trim().min(15, 'say why, in a sentence').max(2_000),
  /** The last day it holds, UTC. */
  expires: z.iso.date(),
});
export type Waiver = z.infer<typeof waiverSchema>;

const fileSchema = z.strictObject({ waivers: z.array(waiverSchema) });

/**
 * Reads waivers files, all together as one list.
 *
 * @throws UserError `invalid-waivers` naming every fault of a file; for a rule that is waived twice for one scope
 */
export async function readWaivers(files: readonly string[]): Promise<readonly Waiver[]> {
  const waivers: Waiver[] = [];
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch((cause: unknown) => {
      throw invalid(file, 'it cannot be read', cause);
    });
    waivers.push(...parseWaivers(text, file));
  }
  assertOnce(waivers, files.join(', '));
  return waivers;
}

export function parseWaivers(text: string, file: string): readonly Waiver[] {
  let value: unknown;
  try {
    value = parse(text, { schema: 'core', maxAliasCount: 0 });
  } catch (cause) {
    throw invalid(file, cause instanceof Error ? cause.message : 'it is not YAML', cause);
  }
  const parsed = fileSchema.safeParse(value);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'top'}: ${message}`);
    throw invalid(file, faults.join('; '));
  }
  assertOnce(parsed.data.waivers, file);
  return parsed.data.waivers;
}

function assertOnce(waivers: readonly Waiver[], where: string): void {
  const seen = new Set<string>();
  for (const { rule, scope } of waivers) {
    if (seen.has(`${rule} ${scope}`)) {
      throw invalid(where, `${rule} is waived twice for ${scope}`);
    }
    seen.add(`${rule} ${scope}`);
  }
}

/** What waivers mean for one image at one time. */
export interface AppliedWaivers {
  /** Rule to the waiver that accepts it. */
  readonly valid: ReadonlyMap<string, Waiver>;
  readonly expired: readonly Waiver[];
}

/** Those whose scope holds for the image, split by their date. */
export function applyWaivers(
  waivers: readonly Waiver[],
  image: { readonly name: string; readonly distribution: string; readonly release: string },
  now: Date,
): AppliedWaivers {
  const scopes = ['*', image.distribution, `${image.distribution}-${image.release}`, image.name];
  const here = waivers.filter(({ scope }) => scopes.includes(scope));
  const today = now.toISOString().slice(0, 10);
  return {
    valid: new Map(here.filter(({ expires }) => expires >= today).map((waiver) => [waiver.rule, waiver])),
    expired: here.filter(({ expires }) => expires < today),
  };
}

function invalid(file: string, why: string, cause?: unknown): UserError {
  return new UserError(`The waivers in ${file} are not valid: ${why}`, {
    code: 'invalid-waivers',
    fix: 'Each waiver needs rule, scope, owner, reason and expires (YYYY-MM-DD), and nothing else.',
    ...(cause === undefined ? {} : { cause }),
  });
}
