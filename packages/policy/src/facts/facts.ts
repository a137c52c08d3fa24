import { UserError } from '@golden-image/host';
import { z } from 'zod';
import {
  changedLinesFact,
  changeFact,
  codeOwnersFact,
  commitsFact,
  filesFact,
  jobsFact,
  policyFact,
  pullRequestFact,
  pushersFact,
  reviewsFact,
  runFact,
  teamFact,
} from './change.ts';
import { deploymentApprovalsFact, environmentFact, historyFact } from './deployment.ts';
import {
  chainFact,
  checksumsFact,
  diskFact,
  imageFact,
  inventoryFact,
  signatureFact,
  statementFact,
} from './image.ts';
import { coverageBaseFact, coverageFact, findingsFact, testsFact } from './reports.ts';

const fact = z.discriminatedUnion('kind', [
  imageFact,
  diskFact,
  checksumsFact,
  signatureFact,
  inventoryFact,
  statementFact,
  chainFact,
  runFact,
  jobsFact,
  environmentFact,
  deploymentApprovalsFact,
  historyFact,
  teamFact,
  changeFact,
  policyFact,
  pullRequestFact,
  commitsFact,
  pushersFact,
  reviewsFact,
  filesFact,
  changedLinesFact,
  codeOwnersFact,
  coverageFact,
  coverageBaseFact,
  findingsFact,
  testsFact,
]);
/** Something observed, with where and when; decisions are made of these alone. */
export type Fact = z.infer<typeof fact>;
export type FactOf<K extends Fact['kind']> = Extract<Fact, { readonly kind: K }>;

/** Two facts about one thing could contradict each other: a fact has one identity. */
function identity(entry: Fact): string {
  switch (entry.kind) {
    case 'statement':
      return `statement ${entry.name}`;
    case 'signature':
      return `signature ${entry.value.method}`;
    case 'environment':
      return `environment ${entry.environment}`;
    case 'team':
      return `team ${entry.team}`;
    case 'pull-request':
    case 'commits':
    case 'pushers':
    case 'reviews':
    case 'files':
      return `${entry.kind} ${entry.pull}`;
    default:
      return entry.kind;
  }
}

const factsSchema = z.strictObject({
  version: z.literal(1),
  mode: z.enum(['merge', 'release']),
  /** The moment for which ages and exceptions are judged. */
  time: z.iso.datetime(),
  /** Where the release goes to. */
  environment: z.string().optional(),
  facts: z.array(fact).refine((facts) => new Set(facts.map(identity)).size === facts.length, {
    error: 'a fact is there twice',
  }),
});
/** `facts.json`. */
export type Facts = z.infer<typeof factsSchema>;

/**
 * Reads saved facts, for a replay.
 *
 * @throws UserError `invalid-facts`
 */
export function parseFacts(text: string, file: string): Facts {
  try {
    return factsSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new UserError(`${file} does not hold facts that this version can replay`, {
      code: 'invalid-facts',
      fix: 'Pass a facts.json that gate-approval wrote, unchanged.',
      cause,
    });
  }
}

/** The facts of one kind. */
export function factsOf<K extends Fact['kind']>(facts: Facts, kind: K): readonly FactOf<K>[] {
  return facts.facts.filter((entry): entry is FactOf<K> => entry.kind === kind);
}
