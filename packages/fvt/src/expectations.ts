import { readFile } from 'node:fs/promises';
import { UserError } from '@golden-image/host';
import { parse } from 'yaml';
import { z } from 'zod';

const names = z.array(z.string().min(1)).default([]);
const moduleName = z.string().regex(/^[A-Za-z0-9_-]+$/);

/** What an image is expected to be: the YAML profile beside its definition. Unknown keys are refused. */
export const expectationsSchema = z.strictObject({
  distribution: z
    .strictObject({
      /** os-release ID. */
      id: z.string(),
      /** os-release VERSION_ID. */
      release: z.string(),
      architecture: z.enum(['amd64', 'arm64']),
    })
    .optional(),
  disk: z
    .strictObject({
      /** How much larger than the image the guest's disk is made, to see it grow. */
      'grow-gib': z.number().int().min(0).max(1024).default(1),
      /** The least share of the disk that its file systems hold together. */
      'minimum-share': z.number().min(0).max(1).default(0.88),
    })
    .default({ 'grow-gib': 1, 'minimum-share': 0.88 }),
  modules: z
    .strictObject({
      /** Built in or loadable. */
      available: z.array(moduleName).default([]),
      /** Built in or in the initramfs: what it takes to reach the disk. */
      initramfs: z.array(moduleName).default([]),
    })
    .default({ available: [], initramfs: [] }),
  'kernel-options': z
    .strictObject({ required: names, forbidden: names })
    .default({ required: [], forbidden: [] }),
  repositories: z
    .strictObject({
      /** Addresses that enabled repositories may have; each covers what lies below it. */
      allowed: z.array(z.string().regex(/^(https?|mirror\+https?):\/\/[^\s]+$/)).default([]),
    })
    .default({ allowed: [] }),
  units: z.strictObject({ enabled: names, disabled: names }).default({ enabled: [], disabled: [] }),
  users: z
    .strictObject({
      /** Ordinary users (uid 1000 and above) that belong to the image. */
      allowed: names,
    })
    .default({ allowed: [] }),
  listeners: z
    .strictObject({
      /** `protocol/port/process` that may listen beyond loopback; `tcp/22/sshd`. */
      allowed: z.array(z.string().regex(/^(tcp|udp)\/\d{1,5}\/[^/\s]+$/)).default([]),
    })
    .default({ allowed: [] }),
  /** Paths that may be setuid or setgid. */
  setuid: z
    .strictObject({ allowed: z.array(z.string().startsWith('/')).default([]) })
    .default({ allowed: [] }),
  /** Kernel settings by name, as /proc/sys has them: `net.ipv4.tcp_syncookies`. */
  sysctl: z
    .record(z.string().regex(/^[a-z0-9_]+([./][A-Za-z0-9_-]+)+$/), z.union([z.string(), z.number()]))
    .default({}),
  boot: z
    .strictObject({
      /** From power-on to SSH; judged under KVM only. */
      'maximum-seconds': z.number().positive().optional(),
    })
    .default({}),
  compliance: z
    .strictObject({
      /** Percent of the rules; default: what the scan at rest had, or all. */
      'minimum-score': z.number().min(0).max(100).optional(),
    })
    .default({}),
  mail: z
    .strictObject({ /** Packages that look like mail agents and may stay. */ allowed: names })
    .default({ allowed: [] }),
  /** Cases that may not be skipped. */
  required: names,
});
export type Expectations = z.infer<typeof expectationsSchema>;

/** Nothing beyond what holds for every image. */
export const NO_EXPECTATIONS: Expectations = expectationsSchema.parse({});

/**
 * Reads a profile.
 *
 * @throws UserError `invalid-expectations` naming each key that is unknown or malformed
 */
export function parseExpectations(text: string, file: string): Expectations {
  let value: unknown;
  try {
    value = parse(text, { uniqueKeys: true, strict: true }) ?? {};
  } catch (cause) {
    throw invalid(file, cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause), cause);
  }
  const parsed = expectationsSchema.safeParse(value);
  if (!parsed.success) {
    const where = parsed.error.issues.map((issue) => `${issue.path.join('.') || '(top)'}: ${issue.message}`);
    throw invalid(file, where.join('; '));
  }
  return parsed.data;
}

/** @throws UserError `invalid-expectations` */
export async function readExpectations(
  file: string,
): Promise<{ readonly text: string; readonly value: Expectations }> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw invalid(file, 'it cannot be read', cause);
  });
  return { text, value: parseExpectations(text, file) };
}

function invalid(file: string, why: string, cause?: unknown): UserError {
  return new UserError(`The expectations ${file} are not valid: ${why}`, {
    code: 'invalid-expectations',
    fix: 'See examples/debian-13/expectations.yml for every key.',
    ...(cause === undefined ? {} : { cause }),
  });
}
