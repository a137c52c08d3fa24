import { z } from 'zod';

const pattern = z
  .string()
  .min(1)
  .refine((text) => {
    try {
      new RegExp(text, 'm');
      return true;
    } catch {
      return false;
    }
  }, 'is no regular expression');

const outputSchema = z
  .strictObject({
    equals: z.string().optional().describe('The whole output, without white space at its end.'),
    match: pattern.optional().describe('A regular expression (JavaScript, with the m flag) that must match.'),
    notMatch: pattern.optional().describe('A regular expression that must not match.'),
    json: z.json().optional().describe('What the output, as JSON, must hold: of objects, the members named.'),
  })
  .refine((value) => Object.keys(value).length > 0, 'asserts nothing');

const base = {
  id: z
    .string()
    .regex(/^[a-z][a-z0-9_]{2,79}$/)
    .describe('Unique name: small letters, digits, underscores.'),
  title: z.string().min(1).optional(),
  why: z.string().min(1).optional().describe('Why it matters, one sentence.'),
  tags: z.array(z.string().regex(/^[a-z][a-z0-9-]*$/)).default([]),
  severity: z.enum(['low', 'medium', 'high', 'critical']).default('medium'),
  when: z
    .strictObject({
      distro: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
      version: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
      arch: z.enum(['amd64', 'arm64']).optional(),
      firmware: z.enum(['bios', 'uefi']).optional(),
    })
    .default({})
    .describe('Where the case applies; elsewhere it is skipped with the reason.'),
  needs: z
    .array(z.string().regex(/^[A-Za-z0-9._+-]+$/))
    .default([])
    .describe('Programs without which the case is skipped.'),
  as: z
    .string()
    .regex(/^[a-z_][a-z0-9_-]{0,31}$/)
    .default('root')
    .describe('The user of the guest who runs it.'),
  timeout: z.number().int().min(1).max(3600).default(30).describe('Seconds under KVM.'),
  destructive: z.boolean().default(false).describe('Runs in a fork of the booted machine, alone.'),
};

const expectSchema = z
  .strictObject({
    rc: z.number().int().min(0).max(255).optional().describe('Exit status; 0 when it is not named.'),
    stdout: outputSchema.optional(),
    stderr: outputSchema.optional(),
  })
  .refine((value) => Object.keys(value).length > 0, 'names no expectation: the case would assert nothing');

/** A case in YAML. */
export const userCaseSchema = z.strictObject({
  ...base,
  run: z.string().min(1).describe('A POSIX shell script.'),
  expect: expectSchema,
});

/** The header of a case that is a program: 0 is a pass, 77 a skip with the last line as reason, all else a failure. */
export const programHeaderSchema = z.strictObject(base);

/** A file: one case, or several under `cases`. */
export const userCaseFileSchema = z.union([
  userCaseSchema,
  z.strictObject({ cases: z.array(userCaseSchema).min(1) }),
]);

export type UserCase = z.infer<typeof userCaseSchema>;
export type ProgramHeader = z.infer<typeof programHeaderSchema>;
export type OutputExpectation = z.infer<typeof outputSchema>;

/** The published schema (JSON Schema 2020-12) of a YAML file of user cases. */
export function publishedSchema(): Readonly<Record<string, unknown>> {
  return {
    $id: 'https://golden-image-actions.invalid/user-cases.schema.json',
    title: "A file of users' own cases for run-fvt",
    ...z.toJSONSchema(userCaseFileSchema, { io: 'input', reused: 'ref' }),
  };
}
